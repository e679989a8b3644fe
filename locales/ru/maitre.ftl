### Слова панели. Ключи по комнатам; у каждого есть английский двойник.

## Общее
skip-to-content = К содержанию
crumbs-label = Путь
open-side-menu = Меню разделов
side-label = Заведение и разделы
switch-venue = Сменить заведение
all-venues = Все заведения
my-venues = Мои заведения
nav-label = Разделы
other-language = English
other-language-code = en
form-not-saved = { $n ->
    [one] Не сохранили: поправьте { $n } поле
    [few] Не сохранили: поправьте { $n } поля
   *[many] Не сохранили: поправьте { $n } полей
}

## Время
when-just-now = только что
when-minutes-ago = { $n } мин назад
when-today = сегодня в { $clock }
when-yesterday = вчера в { $clock }
lasted-moment = меньше секунды
lasted-seconds = { $s } с
lasted-minutes = { $m } мин { $s } с
month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря

## Ошибки
fault-not-found = Такой страницы нет
fault-not-found-advice = Возможно, её удалили или ссылка неполная. Если страница чужого заведения, попросите доступ у его владельца.
fault-forbidden = Это действие вам недоступно
fault-forbidden-advice = Права даёт владелец заведения. Если страница была открыта давно, обновите её и попробуйте ещё раз.
fault-too-large = Слишком большой файл или текст
fault-too-large-advice = Фото — до 5 МБ, форма — до 64 КБ. Уменьшите и отправьте снова.
fault-too-many = Слишком много попыток подряд
fault-too-many-advice = Подождите { $wait ->
    [one] { $wait } секунду
    [few] { $wait } секунды
   *[many] { $wait } секунд
} и попробуйте снова.
fault-too-many-minutes = Подождите { $wait ->
    [one] { $wait } минуту
    [few] { $wait } минуты
   *[many] { $wait } минут
} и попробуйте снова.
fault-busy = Сейчас не получается записать
fault-busy-advice = База данных занята или на диске кончилось место. Ничего не потеряно: повторите через несколько секунд, а если не поможет, напишите в поддержку.
fault-internal = Что-то сломалось у нас
fault-internal-advice = Мы записали ошибку. Попробуйте ещё раз; если повторится, напишите в поддержку.
fault-unreadable = Не удалось прочитать отправленное
fault-unreadable-advice = Вернитесь назад, обновите страницу и отправьте форму снова.
fault-conflict-advice = Обновите страницу: на ней уже новое состояние.
fault-code = Код { $code }
way-menu = К меню заведения
way-sync = К синхронизациям
way-settings = К настройке
way-home = К моим заведениям

## Заведения: рамка страницы
role-owner = владелец
role-manager = управляющий
role-viewer = наблюдатель
nav-menu = Меню
nav-sync = Синхронизации
nav-settings = Настройка
nav-waiting = ждут решения
chip-none = iiko не подключён
chip-setting-up = iiko: настройка не закончена
chip-never-synced = iiko на связи · меню ещё не загружено
chip-synced = iiko на связи · синхр. { $when }
chip-running = iiko на связи · идёт синхронизация
chip-held = Синхронизация ждёт вашего решения
chip-attention = iiko: нужно ваше внимание
chip-till-away = Касса не на связи · { $when }
chip-till-away-payments = { $n ->
    [one] Касса не на связи · { $when } · ждёт { $n } оплата
    [few] Касса не на связи · { $when } · ждут { $n } оплаты
   *[other] Касса не на связи · { $when } · ждут { $n } оплат
}

## Общие кнопки
save = Сохранить
change = Изменить
replace = Заменить
keep-as-is = Оставить как есть
pager-label = Страницы
pager-newest = К самым новым
pager-older = Показать более ранние

## iiko: подключение
iiko-integrations = Интеграции
iiko-tabs = Разделы интеграции
iiko-connect-title = Подключение iiko Cloud
iiko-connect-sub = Каждый шаг сохраняется сам по себе
step-done = Шаг { $n } готов
iiko-key = API-ключ
iiko-key-hint = Ключ выдаёт iikoWeb → «API интеграции». Один ключ открывает одну точку: для второго заведения нужен свой.
iiko-key-replace-hint = Новый ключ сначала проверим и только потом заменим прежний.
iiko-key-checked = Проверен
iiko-key-set-by = Кто сохранил: { $name }
iiko-key-absent = Ключ вставляет управляющий или владелец.
iiko-key-empty = Вставьте ключ из iikoWeb → «API интеграции».
iiko-key-not-a-key = Это не похоже на ключ iiko: в нём только латинские буквы, цифры и знаки, без пробелов и переводов строк.
iiko-key-fits = { $n ->
    [0] Ключ подошёл, но ни одной точки к нему не подключено. Добавьте точку в iikoWeb → «API интеграции».
    [one] Ключ подошёл: ему доступно { $n } заведение. Выберите его ниже.
    [few] Ключ подошёл: ему доступны { $n } заведения. Выберите своё ниже.
   *[many] Ключ подошёл: ему доступны { $n } заведений. Выберите своё ниже.
}
iiko-login-v1 = Вход в iiko: API-логин.
iiko-login-v2 = Вход в iiko: приложение и ключ.
iiko-organization = Заведение
iiko-organizations-seen = { $n ->
    [one] Ключу доступна { $n } организация.
    [few] Ключу доступны { $n } организации.
   *[many] Ключу доступно { $n } организаций.
}
iiko-choose-organization = Выберите заведение
iiko-choose-organization-first = Выберите заведение из списка: в нём только те, что вернул iiko.
iiko-organization-later = Появится, когда iiko примет ключ.
iiko-organization-saved = Заведение «{ $name }» сохранено. Теперь выберите терминал.
iiko-no-organizations = Ключ рабочий, но ни одной точки к нему не подключено. В iikoWeb → «API интеграции» откройте ключ, добавьте точку и обновите эту страницу.
iiko-no-organization = Сначала выберите заведение
iiko-no-key = Сначала сохраните API-ключ
iiko-terminal = Терминал
iiko-terminal-hint = Группа касс, с которой работает панель: сюда придут заказы и оплаты.
iiko-choose-terminal = Выберите терминал
iiko-choose-terminal-first = Выберите терминал из списка: в нём только терминалы этого заведения.
iiko-terminal-later = Появится, когда выбрано заведение.
iiko-terminal-saved = Терминал «{ $name }» сохранён. Можно синхронизировать меню.
iiko-no-terminals = У этого заведения iiko не вернул ни одного терминала. Попросите интегратора включить терминальную группу для API в iikoWeb.
terminal-alive = на связи
terminal-asleep = спит
terminal-silent = не отвечает
terminal-sleeps = Терминал «{ $name }» спит: им давно не пользовались через API.
terminal-awaken = Разбудить
terminal-awakened = Терминал разбужен. Теперь его можно выбрать.
terminal-not-awakened = iiko не смог разбудить терминал. Проверьте, что касса включена, и попробуйте снова; не поможет — позовите интегратора iiko.
iiko-sync = Синхронизировать
iiko-synchronize = Синхронизировать
iiko-sync-hint = Меню, столы, типы оплаты, сотрудники и справочники приходят из iiko в фоне. Страницу можно закрыть и вернуться.
iiko-sync-running = Синхронизация идёт.
iiko-sync-open = Открыть ход
iiko-where-title = Где это в iiko
iiko-where-key = Ключ: iikoWeb → приложение iikoTransport → «API интеграции» → нужный логин → «API-ключ».
iiko-where-rights = Права: там же, «Шаблон прав» — «Все права» или хотя бы меню и справочники.
iiko-where-export = Меню: iikoOffice → «Обмен данными» → «Выгрузка меню» → добавьте товары и нажмите «Выгрузить».
iiko-disconnect = Отключить iiko
iiko-disconnect-open = Отключить…
iiko-disconnect-sub = Ключ забудем, меню останется.
iiko-disconnect-title = Отключить iiko?
iiko-disconnect-key = Панель забудет ключ, выбранное заведение и терминал. Меню перестанет обновляться из iiko.
iiko-disconnect-menu = Товары, разделы, фото и история синхронизаций останутся. Можно будет добавлять свои товары. Подключите iiko снова — товары узнают друг друга.
iiko-disconnected = iiko отключён. Меню осталось, теперь его ведёте вы.
iiko-sync-is-running = Идёт синхронизация: остановите её или дождитесь конца

## iiko: сбои
owner-you = Чините вы.
owner-integrator = Чинит интегратор iiko.
owner-support = Поможет поддержка.
owner-time = От вас нужно только подождать.
trouble-for-support = Для поддержки
trouble-code = Код
trouble-said = iiko ответил:
iiko-fault-unreachable = До iiko не дозвониться
iiko-fault-unreachable-todo = Похоже на сеть или сбой у iiko. Подождите пару минут и повторите; если не пройдёт, напишите в поддержку.
iiko-fault-timed_out = iiko не ответил вовремя
iiko-fault-timed_out-todo = Так бывает, когда iiko перегружен. Повторите через несколько минут; если повторяется, напишите в поддержку.
iiko-fault-bad_key = iiko не принял ключ
iiko-fault-bad_key-todo = Скопируйте ключ заново в iikoWeb → «API интеграции» и проверьте, что логин активен. Если ключ пересоздали, вставьте новый.
iiko-fault-sealed_key = Сохранённый ключ не открывается
iiko-fault-sealed_key-todo = Вставьте ключ iiko заново: «Заменить». Если это повторится, скажите поддержке: у панели сменился мастер-ключ.
iiko-fault-missing_right = У ключа нет права
iiko-fault-missing_right-todo = Попросите интегратора дать ключу право в iikoWeb → «API интеграции» → «Шаблон прав», потом повторите.
iiko-fault-rate_limited = iiko просит подождать: запросов было слишком много
iiko-fault-rate_limited-todo = Подождите минуту и повторите. Ничего не потеряно.
iiko-fault-refused = iiko отклонил запрос
iiko-fault-refused-todo = Напишите в поддержку и приложите код ниже: по нему iiko найдёт запрос.
iiko-fault-down = У iiko сбой на сервере
iiko-fault-down-todo = Обычно проходит за несколько минут. Повторите позже; если не пройдёт, напишите в поддержку.
iiko-fault-not_json = Вместо данных iiko прислал что-то другое
iiko-fault-not_json-todo = Так бывает при работах у iiko или из-за посредника в сети. Повторите позже; если повторяется, напишите в поддержку.
iiko-fault-truncated = Ответ iiko оборвался на середине
iiko-fault-truncated-todo = Меню не тронуто: половину ответа мы не применяем. Повторите; если повторяется, напишите в поддержку.
iiko-fault-too_big = Ответ iiko слишком большой
iiko-fault-too_big-todo = Меню не тронуто. Напишите в поддержку: мы посмотрим, что выгружено в iiko.
iiko-fault-too_deep = Ответ iiko устроен странно: слишком много вложенных уровней
iiko-fault-too_deep-todo = Меню не тронуто. Напишите в поддержку и приложите код ниже.
iiko-fault-garbage = Ответ iiko не удалось прочитать
iiko-fault-garbage-todo = Меню не тронуто. Напишите в поддержку и приложите код ниже.

## iiko: журнал обмена
journal-title = Журнал обмена
journal-filter = Что показать
journal-all = Все обращения
journal-trouble = Только сбои
journal-empty = Обращений к iiko ещё не было
journal-no-trouble = Сбоев нет
journal-empty-sub = Здесь появится каждое обращение к iiko: когда, что спросили, что он ответил. Ключи скрыты.
journal-when = Когда
journal-method = Обращение
journal-request = Спросили:
journal-answer = Ответ
journal-took = Заняло
journal-attempt = попытка { $n }
journal-details = Подробнее
journal-fine = Хорошо
journal-ms = { $n } мс

## Вход
sign-in-title = Вход в панель
sign-in-lead = Меню и касса вашего заведения.
sign-in-email = Почта
sign-in-password = Пароль
sign-in-forgotten = Забыли пароль? Новую ссылку пришлёт владелец заведения. Если владелец — вы, напишите в поддержку.
sign-in-refused = Почта или пароль не подошли. Проверьте раскладку и попробуйте ещё раз.
sign-in-button = Войти
sign-in-no-access = Нет доступа? Приглашение присылает владелец вашего заведения.
password-hint = От 12 знаков. Удобнее всего фраза из нескольких слов.
password-too-short = Слишком короткий пароль: нужно хотя бы { $n } знаков
password-too-long = Слишком длинный пароль: не больше { $n } знаков
password-guessable = Такой пароль угадают одним из первых: в нём одни цифры, имя, почта, известное слово или мало разных знаков. Придумайте фразу, которую знаете только вы

## Профиль
profile-title = Профиль
profile-about = О вас
profile-name = Имя
profile-name-wrong = Напишите имя, не длиннее 80 знаков
profile-language = Язык
profile-theme = Оформление
profile-theme-auto = Как в системе
profile-theme-light = Светлое
profile-theme-dark = Тёмное
profile-saved = Сохранено
profile-password = Пароль
profile-current-password = Нынешний пароль
profile-new-password = Новый пароль
profile-password-sub = После смены пароля на других устройствах придётся войти заново.
profile-password-wrong = Нынешний пароль не подошёл
profile-change-password = Сменить пароль
profile-password-changed = Пароль сменили, на других устройствах вход закрыт
profile-sessions = Где вы вошли
profile-sessions-sub = Время московское
profile-this-device = это устройство
profile-unknown-device = Неизвестное устройство
profile-session-seen = последнее действие
profile-session-opened = вход
profile-end-session = Завершить
profile-session-ended = Вход на том устройстве закрыт
profile-sign-out = Выйти

## Мои заведения
venues-none = Пока ни одного заведения
venues-none-sub = Попросите владельца заведения прислать приглашение на { $email }. Когда вы его примете, заведение появится здесь.
venues-none-staff = У вас нет своих заведений
venues-none-staff-sub = Вы сотрудник панели: в заведение входят визитом, со страницы «Поддержка».

## Настройка заведения
settings-venue = Заведение
settings-name = Название
settings-name-wrong = Напишите название, не длиннее { $n } знаков
settings-address = Адрес
settings-address-hint = По нему различают точки с одинаковым названием
settings-address-wrong = Адрес не длиннее { $n } знаков
settings-zone = Часовой пояс
settings-zone-hint = В этом времени панель показывает синхронизации и заказы
settings-zone-wrong = Выберите часовой пояс из списка
settings-nothing = не указано
settings-saved = Сохранено
settings-meanwhile = Пока вы правили, здесь сохранили: { $theirs }. В поле ваше значение: нажмите «Сохранить» ещё раз, чтобы оставить его
settings-read-only = Менять настройку может владелец или управляющий.
settings-integrations = Интеграции
settings-iiko-change = Изменить iiko & iiko Cloud
settings-iiko-look = Посмотреть iiko & iiko Cloud
settings-look = Посмотреть
settings-people = { $n ->
    [one] { $n } человек
    [few] { $n } человека
   *[many] { $n } человек
}
settings-people-sub = Кто может открыть панель заведения и что ему можно
settings-people-open = Открыть

## Доступы
access-title = Доступы
access-lead = Кто может открыть панель заведения и что ему можно.
access-people = Люди
access-me = это вы
access-only-owner = Единственный владелец: чтобы уйти или сменить роль, сначала сделайте владельцем ещё кого-то.
access-change = Изменить доступ
access-role = Роль
access-role-of = Роль: { $name }
access-role-wrong = Выберите роль из списка
access-set-role = Сменить роль
access-role-set = { $name }: теперь { $role }
access-renew = Ссылка для нового пароля
access-not-renewable = Этому человеку нельзя выдать новый пароль отсюда: он владелец или работает ещё и в чужом заведении
access-remove = Забрать доступ
access-removal-title = Забрать доступ: { $name }
access-removal-sub = { $name } ({ $email }) сразу потеряет доступ к заведению. Всё, что этот человек сделал, останется.
access-removal-me = Вы сразу потеряете доступ к этому заведению. Всё, что вы сделали, останется.
access-removal-back = Вернуть доступ можно новым приглашением.
access-removed = { $name }: доступ забрали
access-last-owner = Это единственный владелец. Сначала сделайте владельцем ещё кого-то
access-invited = Ссылки, по которым ещё не вошли
access-for-password = новый пароль
access-until = действует до { $until }
access-over = срок вышел
access-withdraw = Отозвать
access-withdrawn = Ссылка больше не действует
access-invite = Пригласить
access-email = Почта
access-email-wrong = Похоже, в почте опечатка: нужен адрес вида anna@example.com
access-of-staff = Это почта сотрудника поддержки: он входит визитом, приглашать его не нужно
access-already-in = Этот человек уже в списке: роль меняется там
access-too-many = Слишком много открытых приглашений: отзовите лишние
access-invite-hint = Сделаем ссылку на 72 часа, по ней войдут один раз. Писем панель пока не шлёт: отправьте ссылку сами.
access-make-link = Сделать ссылку
access-made = Приглашение для { $email }
access-made-password = Новый пароль для { $email }
access-made-sub = Скопируйте ссылку и отправьте человеку сами: писем панель пока не шлёт. Ссылка действует 72 часа, один раз, и больше здесь не покажется.
access-copy = Скопировать
access-copied = Скопировано
access-read-only = Приглашать людей и менять роли может владелец.
access-roles = Что можно каждой роли
access-no = нет

## Приглашение
invite-title = Приглашение в «{ $venue }»
invite-lead-new = Ваша роль: { $role }. Назовите себя и придумайте пароль, и вы в панели.
invite-lead-known = Ваша роль: { $role }. С этой почтой вы уже входили в Maitre: введите свой пароль.
invite-lead-here = Ваша роль: { $role }. Вы уже вошли с этой почтой, осталось согласиться.
invite-lead-renew = Придумайте новый пароль. Прежний перестанет работать, на всех устройствах придётся войти заново.
invite-renew-title = Новый пароль
invite-name = Как вас зовут
invite-new-password = Придумайте пароль
invite-password-wrong = Пароль не подошёл. Это пароль, с которым вы входили в Maitre раньше
invite-join = Войти в заведение
invite-renew = Сохранить и войти
invite-other = Сейчас здесь вошли как { $email }. Ссылка для другого человека: если примете её, этот вход закроется.
invite-welcome = Добро пожаловать в «{ $venue }»
invite-renewed = Пароль сохранили
invite-unknown = Ссылка не открывается
invite-unknown-sub = Похоже, она скопирована не целиком. Попросите владельца заведения прислать её ещё раз.
invite-used = Ссылка больше не действует
invite-used-sub = По ней уже вошли, её отозвали или заменили новой, либо тот, кто её сделал, больше не приглашает. Если это были вы, просто войдите; иначе попросите у владельца заведения новую.
invite-over = Срок ссылки вышел
invite-over-sub = Приглашение действует 72 часа, ссылка для нового пароля — 30 минут. Попросите владельца заведения прислать новую.
invite-to-sign-in = Ко входу

## Часовые пояса
zone-kaliningrad = Калининград
zone-moscow = Москва
zone-samara = Самара
zone-saratov = Саратов
zone-volgograd = Волгоград
zone-astrakhan = Астрахань
zone-ulyanovsk = Ульяновск
zone-yekaterinburg = Екатеринбург
zone-omsk = Омск
zone-novosibirsk = Новосибирск
zone-barnaul = Барнаул
zone-tomsk = Томск
zone-novokuznetsk = Новокузнецк
zone-krasnoyarsk = Красноярск
zone-irkutsk = Иркутск
zone-chita = Чита
zone-yakutsk = Якутск
zone-vladivostok = Владивосток
zone-sakhalin = Южно-Сахалинск
zone-magadan = Магадан
zone-kamchatka = Петропавловск-Камчатский
zone-anadyr = Анадырь
zone-minsk = Минск
zone-chisinau = Кишинёв
zone-tbilisi = Тбилиси
zone-yerevan = Ереван
zone-baku = Баку
zone-almaty = Алма-Ата
zone-tashkent = Ташкент
zone-bishkek = Бишкек
zone-dushanbe = Душанбе
zone-ashgabat = Ашхабад
zone-ulaanbaatar = Улан-Батор
zone-istanbul = Стамбул
zone-dubai = Дубай
zone-jerusalem = Иерусалим
zone-nicosia = Никосия
zone-belgrade = Белград
zone-berlin = Берлин
zone-london = Лондон
## Синхронизации
yes = да
no = нет
nothing-there = пусто
refresh = Обновить
pager-start = К началу списка
pager-more = Следующие 50
iiko-fault-nothing_exported = В выгрузке меню iiko ничего нет
iiko-fault-nothing_exported-todo = iikoOffice → «Обмен данными» → «Выгрузка меню»: добавьте товары и нажмите «Выгрузить» внизу слева. Потом синхронизируйте снова.
iiko-fault-ours = Синхронизация сломалась у нас
iiko-fault-ours-todo = Меню не тронуто. Попробуйте ещё раз; если повторится, напишите в поддержку.
sync-number = Синхронизация № { $n }
sync-asked-by = Запуск: { $name } ·
sync-took = длилась
sync-running-title = Идёт синхронизация
sync-running-hint = Обычно это секунды, с большим меню — минута. Страницу можно закрыть и вернуться: синхронизация идёт сама.
sync-stop = Остановить
sync-phase-fetch = Получаем меню из iiko
sync-phase-plan = Сравниваем с вашим меню
sync-phase-apply = Записываем изменения
sync-count-kb = { $n } КБ
sync-count-products = { $n ->
    [one] { $n } товар
    [few] { $n } товара
   *[many] { $n } товаров
}
sync-count-changes = { $n ->
    [one] { $n } изменение
    [few] { $n } изменения
   *[many] { $n } изменений
}
sync-state-queued = В очереди
sync-state-running = Выполняется
sync-state-applied = Применена
sync-state-unchanged = Без изменений
sync-state-held = Ждёт решения
sync-state-discarded = Оставлено как есть
sync-state-superseded = Сменилась следующей
sync-state-failed = Не удалась
sync-state-cancelled = Остановлена
sync-unchanged-title = Меню уже такое, как в iiko
sync-unchanged-sub = С прошлой синхронизации ничего не изменилось, мы ничего не трогали.
sync-cancelled-sub = Синхронизацию остановили. Меню осталось прежним.
sync-nothing-touched = Меню не тронуто: гости видят прежнее.
sync-tally-added = Новые
sync-tally-added-sub = товары
sync-tally-changed = Изменены
sync-tally-changed-sub = цена, название, описание и другое
sync-tally-moved = Перемещены в iiko
sync-tally-moved-sub = у вас остались на месте
sync-tally-vanished = Исчезли
sync-tally-vanished-sub = скрыты, не удалены
sync-tally-returned = Вернулись
sync-tally-returned-sub = на своё место, с фото
sync-tally-skipped = Пропущены
sync-tally-skipped-sub = с причиной у каждого
sync-tally-unchanged = Без изменений
sync-tally-unchanged-sub = товары
sync-tally-options = Модификаторы и размеры
sync-tally-options-sub = добавлены или изменены
sync-short-added = новых
sync-short-changed = изменено
sync-short-moved = перемещено
sync-short-vanished = исчезло
sync-short-returned = вернулось
sync-kind-added = Новые
sync-kind-changed = Изменены
sync-kind-moved = Перемещены в iiko
sync-kind-vanished = Исчезли
sync-kind-returned = Вернулись
sync-kind-skipped = Пропущены
sync-tabs = Что изменилось
sync-what = Что
sync-was = Было
sync-became = Стало
sync-explained = Объяснение
sync-why = Почему
sync-hidden-from-guests = скрыт от гостей
sync-gone-from-iiko = больше нет в iiko
kind-dish = блюдо
kind-good = товар
sync-none-yet = Синхронизаций ещё не было
sync-none-yet-on = Нажмите «Синхронизировать»: меню придёт из iiko, а здесь останется, что и почему изменилось.
sync-none-yet-off = Подключите iiko: меню придёт само, а здесь будет видно, что и почему изменилось.
sync-connect = Подключить iiko
sync-when = Когда
sync-who = Кто
sync-result = Результат
sync-lasted = Длилась
sync-iiko-is-off = Сначала подключите iiko: выберите заведение и терминал
sync-is-over = Эта синхронизация уже закончилась
sync-already-decided = Об этой синхронизации уже решили
sync-runs-already = Уже идёт другая синхронизация
sync-pressed-twice = Синхронизацию только что запустили и закончили
sync-discarded-said = Меню осталось как есть. Следующая синхронизация сравнит его с iiko заново.
job-lost = Работу уже делает другой сервер
thing-section = раздел
thing-category = категория
thing-modifier = модификатор
thing-modifier_group = группа модификаторов
thing-size = размер
field-name = название
field-description = описание
field-price = цена
field-code = артикул
field-weight = вес
field-unit = единица
field-kind = вид
field-sort_order = порядок в iiko
field-open_price = цена вводится на кассе
field-on_sale = продаётся
field-options = состав заказа
field-iiko_path = папка в iiko
options-sizes = { $n ->
    [one] { $n } размер
    [few] { $n } размера
   *[many] { $n } размеров
}
options-groups = { $n ->
    [one] { $n } группа модификаторов
    [few] { $n } группы модификаторов
   *[many] { $n } групп модификаторов
}
options-modifiers = { $n ->
    [one] { $n } модификатор
    [few] { $n } модификатора
   *[many] { $n } модификаторов
}
options-none = без размеров и модификаторов
held-waits = Ждёт вашего решения
held-title = Слишком много изменится сразу
held-title-look = Посмотрите, прежде чем применять
held-nothing-touched = Мы ничего не тронули: гости видят прежнее меню. Ниже — что изменится, если применить. Если это ошибка в iiko, оставьте как есть, поправьте выгрузку и синхронизируйте снова.
held-apply = Применить всё равно
held-empty = iiko прислал пустое меню, а у вас { $of ->
    [one] { $of } товар
    [few] { $of } товара
   *[many] { $of } товаров
}. Похоже, выгрузку очистили.
held-many-vanished = { $n ->
    [one] Исчезнет { $n } товар
    [few] Исчезнут { $n } товара
   *[many] Исчезнут { $n } товаров
} из { $of } — больше 30 %.
held-many-repriced = Изменится цена у { $n ->
    [one] { $n } товара
   *[other] { $n } товаров
} из { $of } — больше половины.
held-revision-back = iiko прислал более старое меню, чем в прошлый раз (ревизия { $now } вместо { $was }).
held-changed-meanwhile = Пока вы решали, меню в iiko снова изменилось: посмотрите новую разницу.

## Синхронизации: почему
why-copied = Новый товар в выгрузке. Первая синхронизация повторяет папки iiko: { $note }.
why-flattened = Новый товар в выгрузке. В iiko он лежит глубже, чем раздел и категория ({ $note }), поэтому поднялся в категорию второго уровня.
why-top_group = Новый товар в выгрузке. В iiko он лежит прямо в папке верхнего уровня ({ $note }), поэтому стоит в разделе без категории.
why-no_group = Новый товар в выгрузке. В iiko у него нет папки, поэтому он в разделе «Без папки в iiko».
why-unknown_group = Новый товар в выгрузке. Его папка не выгружена из iiko, поэтому он в разделе «Без папки в iiko».
why-deleted_group = Новый товар в выгрузке. Его папка удалена в iiko, поэтому он в разделе «Без папки в iiko».
why-looped_group = Новый товар в выгрузке. Папки в iiko вложены друг в друга по кругу, поэтому он в разделе «Без папки в iiko».
why-detached_group = Новый товар в выгрузке. Верхняя папка над «{ $note }» не выгружена из iiko, поэтому эта папка стала разделом.
why-new_after_first = Новый товар в выгрузке, папка в iiko: { $note }. Папки мы переносим только в первый раз, поэтому товар ждёт места в отдельном разделе.
why-new_after_first-none = Новый товар в выгрузке, в iiko он лежит без папки. Товар ждёт места в отдельном разделе.
why-folder_copied = Папка из iiko: при первой синхронизации папки переносятся как есть.
why-folder_copied_hidden = Папка из iiko. В iiko она не входит в меню, поэтому раздел скрыт от гостей; показать его можете вы.
why-section_of_day = Раздел для новых товаров этого дня. Разложите их по своим разделам.
why-section_no_folder = Раздел для товаров, у которых в iiko нет исправной папки.
why-changed_in_iiko = Изменили в iiko. Эти поля ведёт iiko, здесь они только для чтения.
why-moved_in_iiko_stays_here = В iiko товар переложили в другую папку. Место в вашем меню выбираете вы, поэтому здесь он остался.
why-not_in_export = Больше нет в выгрузке меню. Место и фото сохранены: вернётся в выгрузку — вернётся и здесь.
why-deleted_in_iiko = Удалён в iiko. Место и фото сохранены: восстановят в iiko — вернётся и здесь.
why-no_dish_anymore = В iiko это больше не блюдо, а услуга или модификатор. Место и фото сохранены: снова станет блюдом — вернётся и здесь.
why-back_in_export = Снова в выгрузке меню: вернулся на своё место, со своими фото.
why-option_in_iiko = Так теперь в iiko.
why-service = Это услуга, а не блюдо: в меню её не показываем.
why-deleted = Удалён в iiko.
why-duplicate = iiko прислал этот товар дважды: взяли первый.
why-bad_price = Цену «{ $note }» нельзя перевести в копейки. Прежняя цена, если была, осталась.
why-no_name = У товара нет названия (артикул: { $note }).
why-no_name-none = У товара нет ни названия, ни артикула.
why-unknown_type = Вид товара «{ $note }» нам не знаком.
why-unreadable = Эту запись не удалось прочитать: { $note }.

## Меню
saved = Сохранено
add = Добавить
remove = Убрать
move-up = Выше
move-down = Ниже
copied = Скопировано
by-itself = сама панель
from-iiko = из iiko
price-from = от
menu-products = { $n ->
    [one] { $n } товар
    [few] { $n } товара
   *[many] { $n } товаров
}
menu-lead = { $products } в { $n ->
    [one] { $n } разделе
   *[other] { $n } разделах
}
menu-empty = Меню пока пусто
menu-empty-on = iiko подключён: нажмите «Синхронизировать», и меню придёт оттуда.
menu-empty-off = Подключите iiko, и меню придёт само, или добавьте товары вручную.
menu-search = Найти товар
menu-search-hint = Название или артикул
menu-show = Показать
menu-filter = Показать
menu-filter-off = Сбросить
menu-show-all = Все товары
menu-show-no_photo = Без фото
menu-show-hidden = В скрытых разделах
menu-show-vanished = Исчезли из iiko
menu-show-waiting = Ждут места
menu-show-not_on_sale = Не продаются в iiko
menu-found = { $n ->
    [one] Найден { $n } товар
    [few] Найдено { $n } товара
   *[many] Найдено { $n } товаров
}
menu-found-more = Первые { $n } товаров
menu-nothing-found = Ничего не нашлось
menu-nothing-found-sub = Попробуйте часть названия или другой фильтр.
menu-tree = Разделы и товары
menu-from-iiko-fields = из iiko: название, цена, описание
menu-from-iiko-readonly = из iiko, только чтение
menu-where-to-change = Меняется в iikoOffice: Товары и склады → Номенклатура → карточка товара
menu-in-iiko = в iiko: { $path }
menu-badge-waiting = Ждут места
menu-badge-hidden = Скрыт от гостей
menu-badge-vanished = Убран из выгрузки
menu-badge-own-hidden = Своё, скрыто, пока включён iiko
menu-badge-not-on-sale = Не продаётся в iiko
menu-open-section = { $n ->
    [one] Показать { $n } товар
    [few] Показать { $n } товара
   *[many] Показать { $n } товаров
}
menu-pick = Выбрать: { $name }
menu-pick-first = Сначала отметьте товары, которые нужно переместить.
menu-move-picked = Выбранные — в
menu-move = Переместить
menu-moved-nowhere = Уже стоит там: ничего не изменилось
menu-moved = { $n ->
    [one] Перемещён { $n } товар. Синхронизации его место не изменят.
    [few] Перемещены { $n } товара. Синхронизации их место не изменят.
   *[many] Перемещено { $n } товаров. Синхронизации их место не изменят.
}
menu-choose-place = Выберите раздел или категорию из списка.
menu-place = Раздел или категория
menu-new-section = Новый раздел
menu-first-section = Меню
menu-guest = Меню гостя
menu-number-visible = Товаров видно
menu-number-bare = Без фото
menu-number-waiting = Ждут места
menu-number-hidden = В скрытых разделах
menu-number-vanished = Исчезли из iiko
menu-locked-title = Что меняется в iiko
menu-locked = Название, цена и описание с замком приходят из iiko. Описание для гостей:
menu-locked-path = Обмен данными → Выгрузка меню → товар → SEO → «Описание для клиентов»
menu-ours = Здесь вы меняете фото, место, порядок и видимость разделов: синхронизации их не трогают.
menu-copy-path = Скопировать путь
menu-back = К меню
menu-section = Раздел
menu-section-name = Название раздела
menu-section-made = Раздел создан.
menu-section-shown = Раздел «{ $name }» снова виден гостям.
menu-section-hidden = Раздел «{ $name }» скрыт от гостей.
menu-section-removed = Раздел «{ $name }» убран.
menu-section-not-empty = Раздел не пуст: сначала переместите из него товары и категории
menu-category-not-empty = Категория не пуста: сначала переместите из неё товары
menu-show-section = Показать гостям
menu-hide-section = Скрыть от гостей
menu-edit-section = Изменить раздел
menu-remove-section = Убрать раздел
menu-remove-hint = Убрать можно только пустой раздел: ни товаров, ни категорий, ни исчезнувшего из iiko.
menu-categories = Категории
menu-no-categories = В этом разделе товары стоят без категорий.
menu-new-category = Новая категория
menu-category-name = Название категории
menu-category-made = Категория «{ $name }» создана.
menu-category-to = Перенести в раздел
menu-name-empty = Напишите название.
menu-name-long = Слишком длинно: не больше { $n } знаков.
menu-vanished-has-no-order = Товар убран из выгрузки: порядок ему не нужен
menu-own-new = Добавить товар
menu-own-edit = Изменить товар
menu-own-name = Название
menu-own-price = Цена, ₽
menu-own-price-hint = Например, 420 или 1 234,50
menu-own-description = Описание
menu-own-made = Товар добавлен. Теперь добавьте фото.
menu-own-remove = Убрать товар
menu-own-removed = Товар «{ $name }» убран.
menu-own-with-iiko = С подключённым iiko товары приходят только из него
menu-from-iiko = Этот товар ведёт iiko: здесь его не изменить и не убрать
menu-price-not-a-price = Это не цена: напишите рубли и копейки цифрами, например 420 или 1 234,50.
menu-description-long = Слишком длинное описание: не больше { $n } знаков.
placed-copied = Стоит там же, где папка в iiko была при первой синхронизации.
placed-flattened = в iiko глубже: поднят в категорию
placed-top_group = В iiko лежит прямо в папке верхнего уровня, поэтому без категории.
placed-no_group = в iiko без папки
placed-unknown_group = его папка не выгружена из iiko
placed-deleted_group = его папка удалена в iiko
placed-looped_group = папки в iiko вложены по кругу
placed-detached_group = верхняя папка не выгружена из iiko
placed-new_after_first = новый, ждёт места
placed-manager = Место выбрали вы: синхронизации его не меняют.
placed-own = Свой товар заведения.
product-facts = Товар
product-price = Цена
product-open-price = вводится на кассе
product-description = Описание
product-code = Артикул
product-path = Папка в iiko
product-weight = Вес в iiko
product-weight-hint = как записан там, единица может быть любой
product-updated = Изменён
product-where = Меняется в iiko: цена и название — Товары и склады → Номенклатура; описание для гостей — Выгрузка меню → товар → SEO.
product-sizes = Размеры
product-modifiers = Модификаторы
product-single-modifiers = Отдельные модификаторы
product-photos = Фото
product-photos-sub = ваши: синхронизация их не трогает
product-place = Место в меню
product-history = История
product-no-history = Здесь его ещё никто не менял.
option-not-exported = не выгружен из iiko
option-required = обязательно
option-optional = по желанию
option-up-to = до { $n }
photo-none = Нет фото
photo-of = Фото: { $name }
photo-add = Добавить фото
photo-upload = Загрузить
photo-hint = JPEG, PNG или WebP, до 5 МБ. Первое фото видно в списке.
photo-make-first = Сделать первым
photo-choose = Выберите файл с фотографией.
photo-not-a-kind = Файл № { $n } — не фотография: нужен JPEG, PNG или WebP.
photo-too-large = Файл № { $n } слишком большой: до 5 МБ и до 6000 × 6000 точек.
photo-broken = Файл № { $n } повреждён: откройте его у себя и сохраните заново.
photo-too-many = Больше фото не помещается: у товара до 10, у заведения до 2000
photo-added = { $n ->
    [one] Добавлено { $n } фото.
   *[other] Добавлено { $n } фото.
}
deed-product-created = Товар создан
deed-product-changed = Товар изменён
deed-product-moved = Товар перемещён
deed-product-ordered = Изменён порядок товаров
deed-product-removed = Товар убран
deed-product-photo_added = К товару добавлено фото
deed-product-photo_removed = У товара убрано фото
deed-product-photo_first = Сменилось первое фото товара

# Посадочные места и способы оплаты в синхронизации
part-seating = Посадочные места
part-payments = Способы оплаты
sync-missed-seating = Посадочные места не обновились: остались прежние
sync-missed-payments = Способы оплаты не обновились: остались прежние
sync-unchanged-part-title = Всё уже так, как в iiko
sync-cancelled-part-sub = Синхронизацию остановили. Всё осталось как было.
sync-nothing-touched-part = Ничего не тронуто: осталось то, что пришло в прошлый раз.
sync-tally-seating = Посадочные места
sync-tally-seating-sub = залы и столы
sync-tally-payments = Способы оплаты
sync-tally-payments-sub = типы оплаты iiko
sync-short-seating = посадочных мест
sync-short-payments = способов оплаты
thing-hall = зал
thing-table = стол
thing-payment_method = способ оплаты
field-floor = столов на плане
field-hall = зал
field-number = номер
field-seats = мест
field-payment_code = код
field-payment_kind = вид
field-processing = проведение
field-prints = печатает чек
field-deleted = удалён
field-terminal_groups = терминалы
held-tables-vanished = { $n ->
    [one] Исчезнет { $n } стол
    [few] Исчезнут { $n } стола
   *[many] Исчезнут { $n } столов
} из { $of }. Так бывает, если в iiko выключили резервы или у ключа отобрали право.
why-hall_in_iiko = Зал из iiko. Если он не для гостей (вынос, персонал), его можно скрыть.
why-table_in_iiko = Стол из iiko.
why-table_moved_in_iiko = В iiko стол переставили в другой зал. Номера и залы ведёт iiko, поэтому он переехал и здесь.
why-not_in_sections = iiko больше не присылает это место: его удалили или выключили для него резервы. Скрыто, но не удалено: вернётся — займёт прежнее место.
why-back_in_sections = Снова есть в iiko: вернулось со своим названием.
why-table_unreadable = У этой записи iiko нет номера (id), поэтому её не взяли.
why-table_deleted_in_iiko = Удалён в iiko. Скрыт, но не удалён здесь: восстановят в iiko — вернётся.
why-payment_in_iiko = Тип оплаты из iiko.
why-not_in_payment_types = iiko больше не присылает этот тип оплаты.
why-back_in_payment_types = iiko снова присылает этот тип оплаты.

## Посадочные места
nav-seating = Посадочные места
nav-payments = Способы оплаты
copy = Скопировать
cancel = Отменить
part-from-iiko = из iiko
part-missed = В последний раз iiko их не прислал
part-missed-sub = Показываем то, что пришло раньше. Причина и что делать —
part-missed-open = в этой синхронизации
seating-all = Все
seating-halls-label = Залы
seating-tables = { $n ->
    [one] { $n } стол
    [few] { $n } стола
   *[many] { $n } столов
}
seating-halls = { $n ->
    [one] { $n } зал
    [few] { $n } зала
   *[many] { $n } залов
}
seating-seats = { $n ->
    [one] { $n } место
    [few] { $n } места
   *[many] { $n } мест
}
seating-table-n = Стол { $n }
seating-list = Столы
seating-plan-of = План: { $name }
seating-plan-scroll = План «{ $name }» можно прокрутить
seating-grid = Этот зал не нарисован в iikoOffice: столы стоят по номерам.
seating-no-tables = В этом зале нет столов.
seating-gone = нет в iiko
seating-hidden = скрыт от гостей
seating-none = Посадочных мест пока нет
seating-none-off = Залы и столы приходят из iiko. Подключите его, и они появятся здесь.
seating-none-yet = Нажмите «Синхронизировать»: залы и столы придут из iiko.
seating-none-in-iiko = iiko не прислал ни одного зала
seating-none-in-iiko-sub = Так бывает, если для залов выключены резервы. Попросите интегратора включить в iikoOffice резервы для залов вашей группы терминалов и синхронизируйте снова.
seating-seems-no-hall = Похоже, это не зал для гостей.
seating-hide-hall = Скрыть зал
seating-hide-hall-named = Скрыть зал «{ $name }»
seating-show-hall = Показать зал гостям
seating-hide-hall-hint = Гости не увидят его столов. Синхронизации это не тронут.
seating-hall-shown-said = Зал «{ $name }» снова виден гостям
seating-hall-hidden-said = Зал «{ $name }» скрыт от гостей
seating-facts = В iiko
seating-here = У нас
seating-number = Номер
seating-hall = Зал
seating-name-in-iiko = Название в iiko
seating-capacity = Вместимость
seating-no-capacity = не указана
seating-where = Номер, зал и вместимость меняют в iikoOffice; сюда они приходят при синхронизации.
seating-own-name = Название для гостей
seating-own-name-hint = Например, «У окна». Пустое — показываем название из iiko или номер.
seating-hall-name-hint = Пустое — показываем название из iiko.
seating-named-meanwhile = Пока вы правили, название уже сменили на «{ $name }». Сохраните ещё раз, чтобы оставить ваше.
seating-show = Показать гостям
seating-hide = Скрыть от гостей
seating-shown-said = Стол снова виден гостям
seating-hidden-said = Стол скрыт от гостей
seating-hidden-with-hall = Скрыт вместе с залом.
seating-gone-sub = iiko больше не присылает это место. Оно скрыто, но не удалено: вернётся в iiko — вернётся и здесь, с вашим названием.
seating-open-plan = Открыть план

## Способы оплаты
pay-none = Способов оплаты пока нет
pay-none-yet = Нажмите «Синхронизировать»: типы оплаты придут из iiko, и мы проверим, готов ли тот, которым оплачивают у стола.
pay-none-off = Типы оплаты приходят из iiko. Подключите его, и мы проверим, готов ли тот, которым оплачивают у стола.
pay-good = { $code } настроен верно
pay-good-sub = Тип оплаты — банковская карта, iiko принимает его извне, и ваш терминал в списке. Оплаты у стола можно проводить.
pay-bad = { $code }: оплату у стола провести нельзя
pay-missing = В iiko нет типа оплаты с кодом { $code }.
pay-missing-todo = Создайте его: банковская карта, код { $code } ровно так, проведение «только внешний» или «как внешний, так и на стороне ресторана».
pay-deleted = Тип оплаты { $code } удалён в iiko.
pay-deleted-todo = Восстановите его или создайте новый с тем же кодом.
pay-not-a-card = Вид оплаты — «{ $kind }», а нужна банковская карта.
pay-not-a-card-todo = Создайте тип оплаты вида «банковская карта» с этим кодом, а прежнему дайте другой код.
pay-not-external = iiko не принимает этот тип оплаты извне.
pay-not-external-todo = Поставьте проведение «только внешний» или «как внешний, так и на стороне ресторана».
pay-not-at-till = Вашей группы терминалов нет среди тех, где он принимается.
pay-not-at-till-todo = Добавьте её в этот тип оплаты.
pay-several = { $n ->
    [one] Тип оплаты с кодом { $code } один.
    [few] С кодом { $code } сразу { $n } типа оплаты.
   *[many] С кодом { $code } сразу { $n } типов оплаты.
}
pay-several-todo = Оставьте код только у одного.
pay-alikes = Есть похожие — возможно, ошибка в коде:
pay-alike = «{ $code }» ({ $name }): { $because }
pay-alike-case = строчные буквы вместо заглавных
pay-alike-space = лишний пробел или невидимый знак
pay-alike-letters = русские буквы вместо латинских
pay-alike-slip = опечатка в одну букву
pay-where = iikoOffice → Розничные продажи → Типы оплат. Потом нажмите «Синхронизировать», и мы проверим снова.
pay-letter-title = Инструкция для интегратора
pay-letter = Заведение «{ $venue }». Чтобы панель проводила оплаты у стола, в iikoOffice → Розничные продажи → Типы оплат нужен тип оплаты с кодом { $code }. Сейчас:
pay-name = Название
pay-code = Код
pay-kind = Вид
pay-processing = Проведение
pay-terminals = Терминалы
pay-ours = оплата у стола
pay-row-deleted = удалён в iiko
pay-row-gone = больше не приходит из iiko
pay-code-title = Код типа оплаты
pay-code-hint = Обычно EVVAP. Меняйте, только если в iiko заведён другой код для оплаты у стола.
pay-code-empty = Укажите код
pay-code-long = Слишком длинно: не больше { $n } знаков.
pay-code-meanwhile = Пока вы правили, код уже сменили на «{ $code }». Сохраните ещё раз, чтобы оставить ваш.
pay-code-now = Код для оплат у стола:
pay-Cash = наличные
pay-Card = банковская карта
pay-Credit = кредит
pay-Writeoff = списание
pay-Voucher = ваучер
pay-IikoCard = iikoCard
pay-Unknown = неизвестный
pay-External = только внешний
pay-Internal = только на стороне ресторана
pay-Both = внешний и на стороне ресторана
held-nothing-touched-part = Мы ничего не тронули: всё осталось как было. Ниже — что изменится, если применить. Если это ошибка в iiko, оставьте как есть, поправьте там и синхронизируйте снова.
pay-spelled = Русские буквы в коде взяты в скобки, пробел показан как ␣.

## Договоры
nav-contracts = Договоры
find = Найти
contract-lead = Кому поступают деньги гостей. Товар без своего договора — деньги основного.
contract-none = Договоров пока нет
contract-none-sub = Договор — юридическое лицо, которому поступают деньги гостей. Заведите первый: он и станет основным, как только вы его подпишете.
contract-new = Новый договор
contract-no-primary = Ни один договор не подписан
contract-no-primary-sub = Пока это так, деньгам гостей некуда поступать. Откройте договор и отметьте, что он подписан.
contract-entity = Юридическое лицо
contract-entity-hint = Например, ООО «Рябина Групп» или ИП Рябинин С. А.
contract-inn = ИНН
contract-inn-hint = 10 цифр у организации, 12 у предпринимателя
contract-kpp = КПП
contract-kpp-hint = 9 знаков; у предпринимателя нет
contract-bik = БИК
contract-bik-hint = 9 цифр банка
contract-account = Расчётный счёт
contract-account-hint = 20 цифр; проверим вместе с БИК
contract-number = Номер договора
contract-state = Состояние
contract-products-count = Товары
contract-is-primary = Основной?
contract-primary = Основной
contract-make-primary = Сделать основным
contract-make-primary-named = Сделать основным: { $name }
contract-and-following = { $n ->
    [one] и { $n } без своего договора
    [few] и { $n } без своего договора
   *[many] и { $n } без своего договора
}
contract-draft = Черновик
contract-signed = Подписан
contract-ended = Завершён
contract-from = с { $day }
contract-to = по { $day }
contract-requisites = Реквизиты
contract-own-products = Свои товары
contract-own-none = Своих товаров у договора нет.
contract-following = { $n ->
    [one] Ещё { $n } товар без своего подписанного договора: деньги за него тоже поступают сюда.
    [few] Ещё { $n } товара без своего подписанного договора: деньги за них тоже поступают сюда.
   *[many] Ещё { $n } товаров без своего подписанного договора: деньги за них тоже поступают сюда.
}
contract-release = Убрать отмеченные
contract-give = Отдать товары этому договору
contract-whole-section = Весь раздел
contract-assign = Отдать
contract-find = Товар по названию
contract-of-another = сейчас в другом договоре
contract-released-said = { $n ->
    [one] { $n } товар теперь идёт по основному договору
    [few] { $n } товара теперь идут по основному договору
   *[many] { $n } товаров теперь идут по основному договору
}
contract-assigned-said = { $n ->
    [one] { $n } товар отдан этому договору
    [few] { $n } товара отданы этому договору
   *[many] { $n } товаров отданы этому договору
}
contract-draft-sub = Деньги по черновику не поступают. Когда договор подписан обеими сторонами, отметьте это.
contract-signed-sub = Деньги за его товары поступают по этим реквизитам. Они больше не меняются: для других нужен новый договор.
contract-ended-sub = Договор завершён. Деньги за его товары поступают по основному.
contract-signed-on = Подписан с
contract-ended-on = Завершён с
contract-sign = Отметить подписанным
contract-end = Завершить договор
contract-end-hint = { $n ->
    [one] Деньги за его { $n } товар пойдут по основному договору.
    [few] Деньги за его { $n } товара пойдут по основному договору.
   *[many] Деньги за его { $n } товаров пойдут по основному договору.
}
contract-remove = Удалить черновик
contract-file = Скан договора
contract-file-none = Скана пока нет.
contract-file-give = PDF, JPEG или PNG
contract-file-hint = До 5 МБ. Новый скан заменит прежний.
contract-file-download = Скачать скан
contract-file-choose = Выберите файл
contract-file-large = Файл больше 5 МБ: сожмите его и загрузите снова.
contract-file-kind = Это не PDF, не JPEG и не PNG.
contract-file-said = Скан сохранён
contract-made = Черновик договора создан
contract-signed-said = Договор подписан
contract-ended-said = Договор завершён
contract-removed-said = Черновик удалён
contract-primary-said = Основной договор сменился
contract-not-a-draft = Этот договор уже не черновик
contract-not-signed = Этот договор не подписан
contract-is-ended = Этот договор завершён, его уже не изменить
contract-is-signed = Подписанный договор не переписывают: если реквизиты другие, сделайте новый договор, а этот завершите
contract-primary-ends-last = Это основной договор: сначала сделайте основным другой
contract-entity-empty = Укажите юридическое лицо
contract-number-empty = Укажите номер договора
contract-inn-missing = Укажите ИНН
contract-inn-length = В ИНН должно быть 10 или 12 цифр
contract-inn-check = ИНН не сходится с контрольной цифрой: проверьте, нет ли опечатки
contract-inn-person = Проверьте ИНН
contract-kpp-missing = Укажите КПП: у организации он есть
contract-kpp-length = В КПП 9 знаков: цифры, на пятом и шестом месте могут быть латинские буквы
contract-kpp-check = Проверьте КПП
contract-kpp-person = У предпринимателя (ИНН из 12 цифр) КПП нет: оставьте поле пустым
contract-bik-missing = Укажите БИК
contract-bik-length = В БИК должно быть 9 цифр
contract-bik-check = БИК российского банка начинается с 04
contract-bik-person = Проверьте БИК
contract-account-missing = Укажите расчётный счёт
contract-account-length = В счёте должно быть 20 цифр
contract-account-check = Счёт не сходится с БИК: проверьте, нет ли опечатки в одном из них
contract-account-person = Проверьте счёт
contract-meanwhile = Пока вы правили, здесь сохранили «{ $value }». Сохраните ещё раз, чтобы оставить ваше.
contract-meanwhile-same = Пока вы правили, договор изменили. Проверьте и сохраните ещё раз.
contract-day-unreadable = Укажите дату
contract-day-future = Эта дата ещё не наступила
contract-ends-before-signed = Договор не может завершиться раньше, чем подписан
contract-switch-what = Что изменится
contract-primary-now = Основной сейчас
contract-primary-then = Станет основным
contract-switch-products = { $n ->
    [0] Все товары уже в своих договорах: ни один не сменит получателя.
    [one] Деньги за { $n } товар без своего договора пойдут новому получателю.
    [few] Деньги за { $n } товара без своего договора пойдут новому получателю.
   *[many] Деньги за { $n } товаров без своего договора пойдут новому получателю.
}
contract-switch-own = Товары, отданные своим договорам, останутся у них.
contract-is-primary-already = Этот договор уже основной.
contract-switched-meanwhile = Основной договор только что сменили
contract-switched-meanwhile-sub = Мы ничего не меняли. Посмотрите, что изменится теперь, и решите ещё раз.
payee-title = Кому поступят деньги
payee-lead = Соберите любой заказ и посмотрите, кому и почему поступит каждый рубль.
payee-basket = Заказ
payee-empty = Добавьте товары ниже.
payee-product = Товар
payee-pieces = Штук
payee-pieces-of = Штук: { $name }
payee-sum = Сумма
payee-paid = К оплате
payee-who = Кому
payee-discount = Скидка на заказ, ₽
payee-charge = Сервисный сбор, ₽
payee-count = Посчитать
payee-totals = Итого по договорам
payee-total = Всего
payee-add = Добавить товар
payee-add-named = Добавить: { $name }
payee-not-an-amount = Сумма вроде 150 или 99,50
payee-own = по своему договору товара
payee-primary = своего договора нет — по основному
payee-own-not-signed = договор товара не подписан или завершён — по основному
payee-nowhere = некуда
payee-nowhere-why = ни один договор не подписан
contract-pick-first = Сначала отметьте товары
contract-of-this = уже у этого договора

## Персонал
nav-staff = Персонал
part-staff = Персонал
sync-missed-staff = Сотрудники не обновились: остались прежние
sync-tally-staff = Сотрудники
sync-tally-staff-sub = кого показывает iiko
sync-short-staff = сотрудников
thing-person = сотрудник
field-dismissed = уволен
field-phone = телефон или код
why-person_in_iiko = iiko показывает этого человека. В персонал его добавляете вы: «Персонал» → «Добавить из iiko».
why-not_among_couriers = iiko больше не показывает этого человека: у него забрали право D_DC0 или PIN, либо его удалили.
why-back_among_couriers = iiko снова показывает этого человека.
staff-name = Имя
staff-role = Роль
staff-any-role = Любая роль
staff-role-waiter = официант
staff-role-courier = курьер
staff-role-administrator = администратор
staff-role-other = другое
staff-role-unknown = Выберите роль
staff-phone = Телефон
staff-phone-of = Телефон: { $name }
staff-phone-hint = Например, +7 916 123-45-67
staff-phone-empty = Укажите телефон
staff-phone-wrong = Это не похоже на телефон. Нужно 10 цифр после +7 или номер другой страны с плюсом
staff-phone-taken = Этот телефон уже у сотрудника: { $name }
staff-phone-from-iiko = из iiko
staff-telegram-hint = Число, которое показывает @getmyid_bot. Можно оставить пустым.
staff-telegram-wrong = Telegram ID — это число, например 123456789
staff-state = Состояние
staff-active = работает
staff-suspended = отстранён
staff-dismissed = уволен в iiko
staff-unseen = не виден в iiko
staff-show = Показать
staff-show-all = Всех
staff-show-active = работают
staff-show-suspended = отстранены
staff-show-dismissed = уволены в iiko
staff-find = Имя или телефон
staff-new = Новый сотрудник
staff-from-iiko = Сотрудники из iiko
staff-take-n = { $n ->
    [one] Добавить из iiko: { $n }
    [few] Добавить из iiko: { $n }
   *[many] Добавить из iiko: { $n }
}
staff-take-lead = Отметьте, кого добавить, и проверьте телефоны.
staff-take-title = Кого показывает iiko
staff-take-none = Всех, кого показывает iiko, вы уже добавили.
staff-add = Добавить сотрудников
staff-tick-first = Сначала отметьте сотрудников
staff-taken-said = { $n ->
    [one] Добавлен { $n } сотрудник
    [few] Добавлено { $n } сотрудника
   *[many] Добавлено { $n } сотрудников
}
staff-taken-meanwhile = Этого сотрудника или этот телефон только что добавил кто-то другой
staff-none = Сотрудников пока нет
staff-none-off = Подключите iiko, чтобы взять сотрудников оттуда, или заведите своих.
staff-none-yet = Нажмите «Синхронизировать»: придут сотрудники, которых показывает iiko.
staff-none-candidates = iiko уже показал сотрудников: выберите, кого добавить.
staff-none-in-iiko = iiko не показал ни одного сотрудника.
staff-who-appears = iiko показывает только тех, у кого есть и право «D_DC0 Быть курьером для доставки», и PIN. Кого-то нет — попросите дать их в iikoOffice → Сотрудники, потом синхронизируйте снова.
staff-facts = Данные
staff-work = Работа
staff-is-from-iiko = Взят из iiko.
staff-is-own = Заведён здесь, в iiko его нет.
staff-elsewhere = Работает также:
staff-suspend = Отстранить
staff-take-back = Вернуть к работе
staff-suspended-said = { $name }: отстранён
staff-back-said = { $name }: снова работает
staff-dismissed-title = Уволен в iiko
staff-dismissed-sub = У нас этот сотрудник пока работает. Отстраните его, если это верно.
staff-unseen-title = iiko больше не показывает этого сотрудника
staff-made = Сотрудник добавлен
staff-name-empty = Укажите имя
staff-meanwhile-same = Пока вы правили, данные изменили. Проверьте и сохраните ещё раз.
staff-notices = О чём сообщать
staff-notices-hint = Выбор сохранится; сообщения начнут приходить, когда появятся заказы.
notice-receipt = Сформирован чек об оплате заказа
notice-refund = Сформирован чек о возврате заказа
notice-new_delivery = Новый заказ на доставку
notice-new_table_order = Новый заказ у стола
notice-paid = Заказ оплачен
notice-table_taken = За вашим столом закрепил себя другой сотрудник
notice-added_to_venue = Вас добавили в другое заведение
notice-registered = Успешно пройдена регистрация в системе B2P
notice-called = Вызов официанта за столом
notice-review = О вас оставили новый отзыв
notice-tips = Начисление чаевых

## Готовность к оплате у стола
nav-readiness = Готовность
readiness-title = Готовность к оплате у стола
ready-lead = Проверим у iiko и у нас всё, что нужно, чтобы гость заплатил у стола.
ready-count = Готово { $good } из { $all }
ready-checked = проверено
ready-check = Проверить
ready-again = Проверить снова
ready-never = Ещё не проверяли
ready-never-sub = Нажмите «Проверить»: спросим iiko о ключе, правах, кассе, типе оплаты и посмотрим, что заведено у нас.
ready-all = Всё готово
ready-all-sub = Ключ, права, касса, тип оплаты, столы, сотрудники и договор на месте.
ready-probes = Проверки
ready-open = Открыть страницу
ready-word-good = готово
ready-word-bad = не готово
ready-word-partly = частично
ready-word-unknown = не проверить
ready-unknown = Проверить не получилось: сначала нужно то, что выше.
ready-key = Ключ iiko
ready-key-good = Ключ •••{ $note } принят.
ready-key-bad = Ключа нет.
ready-key-todo = Вставьте API-ключ в «Настройка» → «Интеграции».
ready-organization = Заведение в iiko
ready-organization-good = { $note }
ready-organization-bad = Ключ не видит выбранного заведения.
ready-organization-todo = Выберите заведение заново или добавьте точку к ключу в iikoWeb → «API интеграции».
ready-terminal = Терминал
ready-terminal-good = «{ $note }» не спит и на связи.
ready-terminal-bad = Терминал «{ $note }» спит или не на связи.
ready-terminal-todo = Включите iikoFront на кассе и проверьте интернет; спящий терминал разбудите на странице интеграции.
ready-terminal-bad-none = Терминал не выбран, или его больше нет в iiko.
ready-terminal-todo-none = Выберите терминал заново в «Настройка» → «Интеграции».
ready-version = Версия iikoFront
ready-version-good = { $note }: оплату у стола можно проводить.
ready-version-partly = { $note }: заказы официантов видны, но провести оплату нельзя — нужна 7.7.4 или новее.
ready-version-bad = { $note }: заказы официантов не видны — нужна 7.7.1 или новее, а для оплаты 7.7.4.
ready-version-todo = Попросите обновить iikoFront.
ready-menu_right = Право на меню
ready-menu_right-good = Ключ читает меню.
ready-seating_right = Право на столы
ready-seating_right-good = { $note } — столько столов отдаёт iiko.
ready-seating_right-bad = iiko не отдаёт ни одного стола.
ready-seating_right-todo = Включите в iikoOffice резервы для залов вашей группы терминалов.
ready-payments_right = Право на типы оплаты
ready-payments_right-good = Ключ читает типы оплаты.
ready-staff_right = Право на сотрудников
ready-staff_right-good = Ключ читает сотрудников.
ready-payment_type = Тип оплаты
ready-payment_type-good = { $note } настроен верно.
ready-payment_type-bad = { $note } не найден или настроен неверно.
ready-payment_type-todo = iikoOffice → Розничные продажи → Типы оплат.
ready-tables = Столы для гостей
ready-tables-good = Гости видят столов: { $note }.
ready-tables-bad = Гости не видят ни одного стола.
ready-tables-todo = Синхронизируйте посадочные места и покажите гостям хотя бы один зал.
ready-staff = Сотрудники с телефонами
ready-staff-good = Работают: { $note }.
ready-staff-partly = Уволены в iiko, но работают у нас: { $note }.
ready-staff-bad = Никто не работает.
ready-staff-todo = Добавьте сотрудников из iiko или заведите своих; уволенных отстраните.
ready-contract = Договор
ready-contract-good = У каждого товара есть получатель.
ready-contract-bad = Нет подписанного договора: деньгам некуда поступать. Товаров без получателя: { $note }.
ready-contract-todo = Заведите договор и отметьте, что он подписан.
ready-letter = Заведение «{ $venue }». Чтобы гости платили у стола, нужно:
ready-capabilities = Что умеет iikoFront { $version }
ready-function = Функция
ready-from-version = С версии
ready-here = У вас
ready-works = работает
ready-needs-upgrade = после обновления
can-tables = Залы и столы
can-table_orders = Заказы за столом: читать, создавать, закрывать
can-waiters_orders = Заказы, открытые официантом
can-change_payments = Замена оплат в заказе
can-tips = Чаевые
can-add_payments = Добавление оплаты к заказу
can-stop_lists = Правка стоп-листов
can-cancel_table_orders = Отмена заказа за столом
seating-waiter = Ответственный официант
seating-nobody = Никто
seating-waiter-suspended = { $name }: отстранён, за стол никто не отвечает.
seating-waiter-meanwhile = Пока вы выбирали, стол передали другому сотруднику или выбранный отстранён. Посмотрите, у кого он теперь, и выберите снова.
seating-taken-over-said = Стол передан, прежний ответственный записан

## QR-коды столов
codes-title = QR-коды
codes-lead = У каждого стола свой код. Он ведёт к одному и тому же столу, даже если стол переименуют.
codes-address = Адрес гостевого меню
codes-address-hint = Например, https://menu.example.com. Код ведёт на этот адрес, дальше — метка стола.
codes-address-wrong = Нужен адрес вида https://menu.example.com, без знаков ? и #
codes-address-first = Сначала укажите адрес гостевого меню: на него поведут коды.
codes-address-changes = Коды, напечатанные с прежним адресом, нужно будет напечатать заново.
codes-never = не напечатан
codes-fits = верный
codes-stale = устарел
codes-gone = снимите со стола
codes-was = было напечатано «{ $label }»
codes-make = Подготовить лист
codes-all = Все столы
codes-only-needed = Только новые и устаревшие
codes-what = Что печатать
codes-sheet = Лист QR-кодов
codes-sheet-hint = Распечатайте страницу (Ctrl+P), разложите коды по столам и отметьте это.
codes-printed = Отметить напечатанными
codes-printed-said = { $n ->
    [one] { $n } код отмечен напечатанным
    [few] { $n } кода отмечено напечатанными
   *[many] { $n } кодов отмечено напечатанными
}
codes-scan = Наведите камеру, чтобы открыть меню
codes-none = Печатать нечего: все коды верные.
codes-of = Код: { $label }
codes-no-tables = Гости пока не видят ни одного стола.

## Обзор
nav-overview = Обзор
overview-quiet = Ничего не ждёт вашего внимания.
overview-waiting = { $n ->
    [one] { $n } строка ждёт вашего внимания.
    [few] { $n } строки ждут вашего внимания.
   *[many] { $n } строк ждут вашего внимания.
}
overview-payments-person = { $n ->
    [one] { $n } оплата ждёт вашего решения
    [few] { $n } оплаты ждут вашего решения
   *[many] { $n } оплат ждут вашего решения
}
overview-payments-waiting = { $n ->
    [one] { $n } оплата на пути в кассу
    [few] { $n } оплаты на пути в кассу
   *[many] { $n } оплат на пути в кассу
}
overview-payments-done = Все оплаты в кассе
overview-menu = Меню и синхронизация
overview-guests-see = Гости видят:

## Справочники
part-dictionaries = Справочники
sync-missed-dictionaries = Справочники не обновились: остались прежние
sync-tally-dictionaries = Справочники
sync-tally-dictionaries-sub = типы заказов, скидки, причины отмены
sync-short-dictionaries = записей справочников
thing-order_type = тип заказа
thing-discount = скидка
thing-cancel_cause = причина отмены
field-note = значение
why-entry_in_iiko = Запись справочника iiko.
why-not_in_dictionaries = iiko больше не присылает эту запись.
why-back_in_dictionaries = iiko снова присылает эту запись.
dictionaries-title = Справочники
dictionaries-never = Нажмите «Синхронизировать»: справочник придёт из iiko.
dictionaries-empty = В iiko здесь пусто.
dictionary-order_type = Типы заказов
service-Common = у стола
service-DeliveryByCourier = доставка курьером
service-DeliveryPickUp = самовывоз
dictionary-discount = Скидки и надбавки
dictionary-cancel_cause = Причины отмены
iiko-sync-alone = По отдельности:
iiko-fault-tables_vanished = Слишком много столов исчезло бы сразу
iiko-fault-tables_vanished-todo = Так бывает, если в iiko выключили резервы. Включите их или синхронизируйте посадочные места отдельно: там будет видно, что исчезнет, и можно решить.

## Заказы
nav-orders = Заказы
orders-look = Обновить
orders-look-asked = Спрашиваем iiko: новое появится через несколько секунд
orders-looked = данные iiko
orders-not-fresh = Показываем то, что видели раньше.
orders-unread = { $n ->
    [one] { $n } заказ iiko не удалось прочитать
    [few] { $n } заказа iiko не удалось прочитать
   *[many] { $n } заказов iiko не удалось прочитать
}
orders-unread-sub = Остальные показаны. Напишите в поддержку: в журнале обмена есть ответ iiko.
orders-tabs = Вид заказа
orders-tab-all = Все
orders-tab-table = У стола
orders-tab-courier = Доставка
orders-tab-pickup = Самовывоз
orders-tab-trouble = Требуют внимания
orders-find = Найти заказ
orders-find-hint = Номер или телефон
orders-status = Статус
orders-status-any = Любой статус
orders-payment = Оплата
orders-payment-any = Любая оплата
orders-from = С дня
orders-to = По день
orders-more = Ещё
orders-least = Сумма от
orders-most = до
orders-clear = Сбросить
orders-wrong-from = «С дня»: нужна дата, например 2026-11-23
orders-wrong-to = «По день»: нужна дата, например 2026-11-23
orders-wrong-least = «Сумма от»: нужно число, например 500
orders-wrong-most = Сумма «до»: нужно число, например 5 000
orders-csv-opened = Открыт
orders-csv-where = Куда
orders-csv-waiter = Официант
orders-csv-guest = Гость
orders-csv-phone = Телефон
orders-csv-status = Статус
orders-csv-sum = Сумма
orders-csv-paid = Оплачено
orders-export = Выгрузить
orders-none = Заказов пока нет
orders-none-sub = Откройте заказ на кассе: через пару минут он появится здесь. Быстрее — «Обновить».
orders-none-off = Заказы приходят из iiko. Подключите его, и они появятся здесь.
orders-opened = Время
orders-where = Куда
orders-who = Кто
orders-sum = Сумма
order-status-new = Новый
order-status-confirmed = Подтверждён
order-status-cooking = Готовится
order-status-cooked = Приготовлен
order-status-bill = Счёт подан
order-status-sent = Отправлен
order-status-done = Завершён
order-status-cancelled = Отменён
order-payment-paid = Оплачен
order-payment-part = Частично
order-payment-unpaid = Не оплачен
order-kind-courier = Доставка курьером
order-kind-pickup = Самовывоз
order-table-unknown = Стол не указан
order-without-number = без номера
order-making = Передаём в кассу
order-titled = Заказ № { $number }
order-trouble-creation_error = Касса не приняла заказ
order-trouble-creation_error-todo = Причина — слова кассы выше. Если она непонятна, напишите в поддержку.
order-trouble-doubted = Касса не подтвердила заказ
order-trouble-doubted-todo = Мы передали его несколько раз, и касса не сказала ни да, ни нет. Посмотрите на кассе: если заказа там нет, введите его вручную.
order-trouble-unexported = В заказе есть товар, которого нет в выгрузке меню
order-trouble-unexported-todo = iikoOffice → «Обмен данными» → «Выгрузка меню»: добавьте товар и нажмите «Выгрузить». Потом синхронизируйте меню.
order-bill = Чек
order-no-lines = Строк ещё нет.
order-line-removed = убрано из заказа
order-line-unexported = нет в выгрузке меню
order-line-Added = добавлено
order-line-PrintedNotCooking = отправлено на кухню
order-line-CookingStarted = готовится
order-line-CookingCompleted = приготовлено
order-line-Served = подано
order-to-pay = К оплате
order-paid-preliminary = касса ещё не провела
order-rest = Осталось заплатить
order-facts = Подробности
order-waiter = Официант
order-courier = Курьер
order-guest = Гость
order-opened = Открыт
order-due = Нужен к
order-closed = Закрыт
order-comment = Комментарий
order-cause = Причина
order-iiko-status = Статус в iiko
order-iiko-id = Номер в iiko
order-history = История
order-event-paid = Касса провела оплату
order-event-sum = Изменилась сумма
order-source-webhook = сообщил iiko
order-source-sweep = увидели, когда спросили iiko
order-source-us = пришло из приложения гостя
order-raw = Данные iiko как есть

## API
api-token_missing = Нужен заголовок Authorization: Bearer с ключом API.
api-token_unknown = Ключ не подходит: проверьте его или сделайте новый в панели, «Настройка» → «Ключи API».
api-scope_missing = У ключа нет права «{ $note }».
api-not_found = Такого нет: { $note }.
api-wrong_field = Поле { $note } заполнено неверно.
api-unreadable = Тело запроса не читается: { $note }.
api-conflict = Сейчас так нельзя: { $note }.
api-sum_changed = Заказ стоит { $note } коп. по нынешнему меню: покажите гостю новую сумму.
api-stopped = Этого сейчас нет или осталось меньше: { $note }.
api-till_off = Заведение не подключено к iiko.
api-till_silent = Касса не ответила ({ $note }). Повторите через несколько секунд.
api-busy = Сейчас не получается записать. Повторите через несколько секунд.
api-internal = Что-то сломалось у нас. Повторите; если не пройдёт, напишите в поддержку.
api-keys-title = Ключи API
api-keys-lead = Ключ даёт приложению гостя и эквайеру доступ к меню и столам этого заведения.
api-keys-open = Открыть ключи
api-keys-none = Ключей пока нет.
api-keys-owner = Сделать и отозвать ключ может владелец.
api-keys-too-many = Ключей уже слишком много: отзовите лишние
api-key-name = Для чего ключ
api-key-name-hint = Например, «Приложение гостя».
api-key-name-empty = Напишите, для чего ключ: потом по этому имени его отзовут
api-key-scopes = Что можно
api-key-scope-empty = Отметьте хотя бы одно право
api-key-make = Сделать ключ
api-key-made = Ключ готов
api-key-made-sub = Скопируйте его сейчас: больше он нигде не покажется.
api-key-new = Новый ключ
api-key-revoke = Отозвать
api-key-revoked = Ключ больше не действует
api-key-used = использован
api-key-unused = ещё не использован
api-scope-menu = читать меню
api-scope-tables = читать столы и что на них открыто
api-scope-orders = передавать заказы на доставку и самовывоз

## Очередь в кассу
nav-outbox = Очередь в кассу
posting-lead = Деньги гостей на пути в кассу: каждая оплата — ровно один раз.
posting-none = Оплат ещё не было
posting-none-sub = Когда гость заплатит у стола, оплата появится здесь и пойдёт в кассу.
posting-shelf-empty = Здесь пусто
posting-shelf-person = Решает человек
posting-shelf-waiting = Ждут
posting-shelf-unknown = Выясняем
posting-shelf-done = Готово
posting-when = Оплачено
posting-order = Заказ
posting-state = Что с ней
posting-of-order = Оплаты гостя
posting-titled = Оплата { $sum }
posting-amount = Сумма
posting-created = Гость заплатил
posting-next = Следующая проверка
posting-psp = Номер у банка
posting-waiting = ждёт кассу
posting-posting = проводим
posting-unknown = выясняем, прошла ли
posting-person = решает человек
posting-by_hand = улажено вручную
posting-not_closed = оплачен, не закрыт
posting-closing = закрываем чек
posting-closed = в кассе, чек закрыт
posting-confirmed = в кассе
posting-why-pos_too_old = iikoFront старше 7.7.4: провести оплату нельзя
posting-why-pos_too_old-todo = Внесите оплату на кассе сами, типом оплаты для QR, и нажмите «Она в чеке». Попросите обновить iikoFront.
posting-why-version_unknown = iiko не говорит, какая версия у кассы
posting-why-version_unknown-todo = Выберите терминал заново в «Настройка» → «Интеграции», потом нажмите «Провести ещё раз».
posting-why-payment_type = Тип оплаты не готов принимать оплату у стола
posting-why-payment_type-todo = Что поправить, сказано в «Способы оплаты». Потом синхронизируйте их и нажмите «Провести ещё раз».
posting-why-no_right = iiko не даёт нашему ключу это сделать
posting-why-no_right-todo = Попросите интегратора дать ключу права на оплату и закрытие заказов, потом нажмите «Провести ещё раз».
posting-why-order_missing = iiko больше не показывает этот заказ
posting-why-order_missing-todo = Найдите заказ на кассе. Если оплата в нём есть, нажмите «Она в чеке».
posting-why-order_not_made = iiko ещё не создал этот заказ
posting-why-order_closed = Чек уже закрыт на кассе
posting-why-order_closed-todo = Посмотрите, чем его закрыли. Если гость заплатил дважды, верните ему деньги и отметьте «Уладили вручную».
posting-why-order_deleted = Заказ удалён на кассе
posting-why-order_deleted-todo = Верните деньги гостю и отметьте «Уладили вручную».
posting-why-not_enough_left = В чеке осталось меньше, чем заплатил гость
posting-why-not_enough_left-todo = Похоже, часть уже оплатили на кассе. Сверьте чек; лишнее верните гостю и отметьте «Уладили вручную».
posting-why-needs_add_payments = Для части чека нужна iikoFront 8.2.6 или новее
posting-why-needs_add_payments-todo = Внесите оплату на кассе сами, типом оплаты для QR, и нажмите «Она в чеке».
posting-why-bill_changed = Чек изменился, пока мы выясняли
posting-why-bill_changed-todo = Посмотрите чек на кассе: есть ли в нём эта оплата.
posting-why-payment_vanished = Оплата была в чеке и исчезла
posting-why-payment_vanished-todo = Спросите на кассе, кто и зачем её убрал.
posting-why-unknown_payment = В чеке больше оплат этой суммы, чем мы проводили
posting-why-unknown_payment-todo = Возможно, официант внёс её сам. Если эта оплата уже в чеке, нажмите «Она в чеке».
posting-why-success_but_absent = iiko сказал «готово», но в чеке оплаты нет
posting-why-success_but_absent-todo = Посмотрите чек на кассе. Если оплаты нет, нажмите «Провести ещё раз».
posting-why-unproven = Касса могла принять оплату, а могла и не принять
posting-why-unproven-todo = Посмотрите чек на кассе: если оплата есть — «Она в чеке», если нет — «Провести ещё раз».
posting-why-refused_too_often = Касса отказывает раз за разом
posting-why-refused_too_often-todo = Слова кассы — в истории ниже. Если причина устранена, нажмите «Провести ещё раз».
posting-why-close_sum = Оплачено, но касса хочет больше: чек не закрыт
posting-why-close_sum-todo = Посмотрите чек: возможно, добавили блюдо или сервисный сбор. Закройте его на кассе.
posting-why-close_session = Оплачено, но кассовая смена закрыта: чек не закрыт
posting-why-close_session-todo = Откройте смену: чек закроется сам.
posting-why-close_refused = Оплачено, но касса не закрыла чек
posting-why-close_refused-todo = Попробуем ещё; можно закрыть его на кассе.
posting-why-behind = Ждёт другой оплаты этого чека
posting-why-terminal_away = Касса не на связи: проведём, когда вернётся
posting-why-till_silent = iiko не отвечает: спросим ещё
posting-why-refused = Касса пока отказала: попробуем ещё
posting-why-settling = Отправлено, ищем в чеке
posting-decide = Что делать
posting-payees-sub = Как было, когда о платеже сообщили. Договоры с тех пор могли измениться, эти деньги — нет.
posting-decide-sub = Посмотрите чек на кассе и скажите, как есть: дальше мы не гадаем.
posting-on-the-bill-hint = Мы ещё раз прочитаем чек и поверим, только если оплата в нём есть.
posting-again-hint = «Провести ещё раз» отправит оплату заново. «Уладили вручную» — если деньги вернули гостю. Внесли на кассе сами типом оплаты для QR — нажмите «Она в чеке»: иначе её примем за чужую такую же.
posting-sure = Чек проверен: этой оплаты в нём нет
posting-sure-first = Сначала посмотрите чек на кассе и поставьте отметку
posting-decision-on_the_bill = Она в чеке
posting-decision-post_again = Провести ещё раз
posting-decision-by_hand = Уладили вручную
posting-decided-on_the_bill = Оплата найдена в чеке
posting-decided-post_again = Проводим ещё раз
posting-decided-by_hand = Отмечено: улажено вручную
posting-not-on-the-bill = В чеке этой оплаты нет: посмотрите на кассе ещё раз
posting-other-under-way = Другая оплата этого чека ещё в пути: подождите, пока с ней станет ясно
posting-not-a-persons = Решать больше нечего: с оплатой уже разобрались
posting-moved = Пока вы смотрели, с оплатой что-то произошло: ниже новое состояние
posting-no-look = Касса не отвечает: прочитать чек не получилось
posting-told-otherwise = Об этой оплате уже сообщали иначе: с другой суммой или для другого заказа
posting-method-change_payments = весь чек
posting-method-add_payments = часть чека
posting-event-reported = Гость заплатил
posting-event-waits = Ждём
posting-event-sending = Отправили в кассу
posting-event-accepted = iiko принял команду
posting-event-ambiguous = Ответ не разобрать: ищем оплату в чеке
posting-event-refused = Касса отказала, ничего не проведено
posting-event-void = Не дошло: начинаем заново
posting-event-success = Касса говорит «готово», проверяем чек
posting-event-confirmed = Оплата в чеке
posting-event-person = Нужен человек
posting-event-decided = Решение
posting-event-close_asked = Просим закрыть чек
posting-event-close_left = Чек оплачен не весь: остаётся открытым
posting-event-close_failed = Чек не закрылся
posting-event-closed = Чек закрыт
reconcile-now = Сверить с чеками
reconcile-asked = Сверяем с чеками за две недели: обычно это меньше минуты
reconcile-running = Сверяем с чеками…
reconcile-look = Посмотреть, что вышло
reconcile-done = Сверено с чеками
reconcile-nothing = оплат за это время не было
reconcile-orders = { $n ->
    [one] { $n } чек
    [few] { $n } чека
   *[other] { $n } чеков
}
reconcile-agree = всё сходится
reconcile-apart = { $n ->
    [one] { $n } расхождение ждёт решения
    [few] { $n } расхождения ждут решения
   *[other] { $n } расхождений ждут решения
}
reconcile-unread = { $n ->
    [one] { $n } чек не прочитан
    [few] { $n } чека не прочитаны
   *[other] { $n } чеков не прочитано
}
reconcile-failed = Сверить с чеками не получилось, попробуем ещё раз через час
differences-title = Чеки, которые с нами расходятся
difference-more = В чеке больше оплат, чем мы проводили
difference-more-todo = Лишнюю мог внести официант типом оплаты для QR. Сверьте с выпиской банка: если гость платил один раз, отмените лишнюю на кассе.
difference-fewer = В чеке нет оплаты, которую мы проводили
difference-fewer-todo = Её убрали на кассе или отменили заказ, а деньги гостя у вас. Верните их или внесите оплату в чек снова.
difference-numbers = в чеке { $bill }, у нас { $books }
difference-found = нашли
difference-settle = Разобрались
difference-settled = Отмечено: с расхождением разобрались
difference-moved = Пока вы смотрели, расхождение изменилось или исчезло: ниже — как сейчас
api-scope-payments = сообщать об оплатах гостей

# Веб-хуки
hooks-title = Веб-хуки
hooks-lead = iiko сам сообщает о переменах в заказах, стоп-листах и меню. Здесь — его форма «Настройка веб-хуков», какой она у него сейчас.
hooks-untied = Сначала подключите iiko
hooks-untied-sub = Адрес для событий записывается по ключу API и для выбранного заведения.
hooks-state-nobodys = iiko пока никому не сообщает о переменах
hooks-todo-nobodys = Проверьте галочки и нажмите «Записать в iiko». До тех пор заказы видны по сверке: раз в полторы минуты.
hooks-state-ours = iiko сообщает о переменах нам
hooks-todo-ours = Делать ничего не нужно. Что не дойдёт, найдёт сверка.
hooks-state-unknown = В iiko наш адрес, но чужой секрет
hooks-todo-unknown = Такие события мы не принимаем: прислать их мог кто угодно. Нажмите «Записать в iiko» — секрет станет нашим.
hooks-state-anothers = Сейчас iiko сообщает другой системе: { $host }
hooks-todo-anothers = Адрес у ключа один. Если записать наш, та система перестанет получать события. Чтобы получали обе, попросите интегратора iiko завести для панели отдельный ключ.
hooks-silent = События перестали приходить
hooks-silent-todo = Сверка находит перемены, о которых iiko не сообщил. Нажмите «Записать в iiko»: если он отключил адрес, запись включит его снова. Не помогло — напишите в поддержку.
hooks-drift = Форму в iiko изменили без нас
hooks-drift-sub = Эти галочки в iiko стоят иначе, чем мы записали. Ниже — как в iiko сейчас.
hooks-replace-title = Заменить чужой адрес
hooks-replace-sub = Другая система перестанет получать события по этому ключу.
hooks-replace = Заменить, я предупредил владельца той системы
hooks-replace-untold = Отметьте, что чужой адрес можно заменить
hooks-save = Записать в iiko
hooks-saved = Записано в iiko и проверено: адрес и галочки у него те же
hooks-rotate = Сменить секрет
hooks-rotate-sub = Если секрет мог узнать посторонний. Прежний ещё час принимаем: события могли быть в пути.
hooks-rotated = Секрет сменён, iiko его принял
hooks-not-proven = iiko ответил, что записал, но показывает другое. Подождите минуту и нажмите ещё раз
hooks-facts = Как сейчас
hooks-login = Имя api логина
hooks-token = Токен авторизации
hooks-token-sub = есть, не показываем
hooks-set = Записали
hooks-last = Последнее событие
hooks-last-never = ещё не было
hooks-told = Перемен за сутки по событиям
hooks-found = Перемен за сутки нашла сверка
hooks-found-sub = Сверка нашла первой — значит, событие потерялось, опоздало, или на него не стоит галочка.
hooks-inbox = Пришедшие события
hooks-inbox-lead = Всё, что прислал iiko, за неделю. Событие только подсказывает: деньги по нему не двигаются, а конец заказа мы перечитываем в iiko.
hooks-all = Все
hooks-odd = Непонятные и чужие
hooks-none = Событий ещё не было
hooks-none-odd = Непонятных и чужих нет
hooks-none-sub = Здесь появится каждое событие: когда пришло, о каком заказе и что из него вышло.
hooks-what = Событие
hooks-when = Пришло
hooks-order = Заказ
hooks-became = Что вышло
hooks-replay = Применить ещё раз
hooks-replayed = Поставлено в очередь: применится в ближайшую секунду
hooks-body = Что прислал iiko
hooks-group-delivery = Доставка
hooks-group-table = Заказ на стол
hooks-group-reserve = Резервы и банкеты
hooks-group-stops = Стоп-листы
hooks-group-shift = Персональные смены
hooks-group-menu = Номенклатура
hooks-list-status = Статусы заказа
hooks-list-item = Статусы блюд
hooks-list-flag = Отправлять
hooks-flag-updates = Обновления
hooks-flag-errors = Ошибки
hooks-status-Unconfirmed = Не подтверждён
hooks-status-WaitCooking = Ожидает отправления в готовку
hooks-status-ReadyForCooking = Пора готовить
hooks-status-CookingStarted = Готовится
hooks-status-CookingCompleted = Приготовлен
hooks-status-Waiting = Ждёт отправки
hooks-status-OnWay = Отправлен
hooks-status-Delivered = Доставлен
hooks-status-Closed = Закрыт
hooks-status-Cancelled = Отменён
hooks-status-New = Новый
hooks-status-Bill = Гостевой чек
hooks-status-Deleted = Удалён
hooks-item-Added = Блюдо добавлено
hooks-item-PrintedNotCooking = Отправлено на кухню
hooks-item-CookingStarted = Готовится
hooks-item-CookingCompleted = Приготовлено
hooks-item-Served = Подано
hooks-event-none = Не прочиталось
hooks-event-DeliveryOrderUpdate = Доставка изменилась
hooks-event-DeliveryOrderError = Ошибка доставки
hooks-event-TableOrderUpdate = Заказ у стола изменился
hooks-event-TableOrderError = Ошибка заказа у стола
hooks-event-ReserveUpdate = Резерв изменился
hooks-event-ReserveError = Ошибка резерва
hooks-event-StopListUpdate = Стоп-лист изменился
hooks-event-PersonalShift = Персональная смена
hooks-event-NomenclatureUpdate = Номенклатура изменилась
hooks-became-waiting = В очереди
hooks-became-applied = Применено
hooks-became-same = Уже знали
hooks-became-older = Знали новее
hooks-became-asking = Перечитываем в iiko
hooks-became-asked = Перечитано в iiko
hooks-became-empty = Пустое
hooks-became-foreign = Чужая организация
hooks-became-kept = Сохранено
hooks-became-unread = Не прочиталось
hooks-why-waiting = Событие сохранено и применится в ближайшую секунду.
hooks-why-applied = В событии было новое, и заказ в панели теперь такой.
hooks-why-same = Ровно это мы уже знали: повтор или сверка успела раньше.
hooks-why-older = У нас есть более новая версия заказа. Старое её не меняет.
hooks-why-asking = Таким событиям мы не верим на слово: заказ перечитывается в iiko. Если он не отвечает, повторим через полминуты.
hooks-why-asked = Конец заказа, оплату и странные версии мы не принимаем на слово. Заказ перечитан в iiko: показано то, что ответил он.
hooks-why-empty = В событии нет заказа: касса его ещё не взяла. Придёт следующее.
hooks-why-foreign = Событие другой организации iiko. Мы его не применили. Если это ваша точка, проверьте, какое заведение выбрано в настройке iiko.
hooks-why-kept = Такие события в панели ничего не меняют. Мы их храним неделю.
hooks-why-unread = Мы не смогли это прочитать и ничего не изменили; заказ найдёт сверка. Если таких много, покажите их поддержке.

# Коды ошибок заказов iiko
iiko-order-Common = Касса не выполнила команду и не сказала почему. Попробуйте ещё раз через минуту.
iiko-order-IllegalDeliveryStatus = В этом статусе доставки так сделать нельзя.
iiko-order-CustomerNameNotSpecified = У заказа нет имени гостя.
iiko-order-ProductNotFound = Такого товара в iiko нет: выгрузите меню и синхронизируйте.
iiko-order-MarketingSourceNotFound = Такого рекламного источника в iiko нет.
iiko-order-PaymentTypeNotFound = Такого типа оплаты в iiko нет.
iiko-order-ProductSizeNotFound = Такого размера у товара в iiko нет: синхронизируйте меню.
iiko-order-ProductGroupNotFound = Такой группы товаров в iiko нет: синхронизируйте меню.
iiko-order-OrderNotFound = iiko не нашёл заказ. Обновите заказы и попробуйте ещё раз.
iiko-order-ConceptionNotFound = Такой концепции в iiko нет.
iiko-order-DuplicatedOrderId = Заказ с таким номером в iiko уже есть.
iiko-order-TerminalGroupIdNotDetermined = iiko не понял, на какую кассу отправить заказ.
iiko-order-TerminalGroupUnregistered = Терминал отключён от iikoCloud.
iiko-order-InvalidPhone = iiko не принял телефон гостя.
iiko-order-ModifierDuplicated = Модификатор указан дважды.
iiko-order-ProductCanBuyFromCashdesk = Этот товар продаётся только на кассе.
iiko-order-DeliveryOpinionMarkInvalid = Оценка вне допустимых значений.
iiko-order-WrongDeliveryStatusForOpinion = Отзыв оставляют после доставки.
iiko-order-OpinionCommentTooLong = Отзыв слишком длинный.
iiko-order-SurveyItemNotFound = Такого вопроса в опросе iiko нет.
iiko-order-PaymentTypeCanNotBeUsedAsExternal = Тип оплаты нельзя проводить как внешний.
iiko-order-AddressNotFound = iiko не нашёл адрес.
iiko-order-HomeNotFound = iiko не нашёл дом.
iiko-order-IikonetPaymentAdditionalDataCanNotBeParsed = iiko не разобрал данные оплаты iikoNet.
iiko-order-IikonetPaymentExternalIdNotFound = У оплаты iikoNet нет внешнего номера.
iiko-order-IikonetPaymentSumLessThanMarketingDiscount = Оплата iikoNet меньше скидки по акции.
iiko-order-DiscountCardNotFound = Такой карты скидок в iiko нет.
iiko-order-DiscountCardTypeModeForbidden = Этот вид карты скидок здесь запрещён.
iiko-order-Iikocard5PaymentAdditionalDataCanNotBeParsed = iiko не разобрал данные оплаты iikoCard.
iiko-order-Iikocard5PaymentExternalIdNotFound = У оплаты iikoCard нет внешнего номера.
iiko-order-Iikocard5PaymentSumLessThanMarketingDiscount = Оплата iikoCard меньше скидки по акции.
iiko-order-Iikocard5PaymentCanNotCreateCustomData = iiko не смог записать данные оплаты iikoCard.
iiko-order-CourierIdDoesNotExist = Такого курьера в iiko нет. Синхронизируйте персонал и выберите снова.
iiko-order-CourierDoesNotOwnOrder = Заказ закреплён за другим курьером.
iiko-order-WrongDeliveryStatus = В этом статусе доставки так сделать нельзя. Обновите заказ: на кассе он мог измениться.
iiko-order-CanNotAssignCourierToOrder = Курьера на этот заказ назначить нельзя: проверьте, что это доставка, а не самовывоз.
iiko-order-UserNotFoundByExternalPassword = iiko не нашёл сотрудника по паролю.
iiko-order-UserNotFound = iiko не нашёл сотрудника.
iiko-order-Iikocard51PaymentAdditionalDataCanNotBeParsed = iiko не разобрал данные оплаты iikoCard.
iiko-order-Iikocard51PaymentCredentialNotFound = У оплаты iikoCard нет карты или телефона.
iiko-order-Iikocard51PaymentSearchScopeNotFound = У оплаты iikoCard не указано, где искать гостя.
iiko-order-ComboDuplicated = Комбо указано дважды.
iiko-order-InvalidReferenceToCombo = Блюдо ссылается на комбо, которого нет.
iiko-order-InvalidComboItemsAmount = В комбо неверное число блюд.
iiko-order-InvalidComboItemsGuest = Блюда одного комбо записаны на разных гостей.
iiko-order-InvalidReferenceToGuest = Блюдо ссылается на гостя, которого нет.
iiko-order-GuestDuplicated = Гость указан дважды.
iiko-order-GuestNameNotSpecified = У гостя нет имени.
iiko-order-OrderTypeNotFound = Такого типа заказа в iiko нет.
iiko-order-OrderServiceTypeDoesNotMatchSelfServiceMode = Тип заказа не подходит режиму самообслуживания.
iiko-order-DeliveryDateNotSpecified = Не указано, к какому времени доставить.
iiko-order-OrderStatusChangedInIikoFront = На кассе заказ уже изменили. Обновите его и решите снова.
iiko-order-PaymentAdditionalDataTooLong = Данные оплаты слишком длинные.
iiko-order-PaymentSumShouldBePositive = Сумма оплаты должна быть больше нуля.
iiko-order-DiscountSumNotSpecified = У скидки не указана сумма.
iiko-order-InvalidDiscountItem = Скидка относится к блюду, которого нет.
iiko-order-RequestProductPriceIsNotEqualToFrontPrice = Цена на кассе другая. Синхронизируйте меню.
iiko-order-OrderItemsNotExists = В заказе нет блюд.
iiko-order-EntityAlreadyInUse = Заказ сейчас открыт на кассе. Попробуйте, когда там его закроют.
iiko-order-DiscountItemPositionNotFound = Скидка относится к строке, которой нет.
iiko-order-DiscountItemDuplicatePositions = Скидка указана на строку дважды.
iiko-order-NonUnqiueOrderItemPosition = Две строки заказа имеют один номер.
iiko-order-EmptyOrderItemPosition = У строки заказа нет номера.
iiko-order-IncorrectOrderType = Тип заказа не подходит: проверьте типы заказов в iikoOffice.
iiko-order-Incorrect = iiko счёл команду неверной.
iiko-order-TerminalGroupDisabled = Терминал выключен в настройках iikoCloud.
iiko-order-OrganizationUnregistered = Заведение отключено от iikoCloud.
iiko-order-OrganizationDisabled = Заведение выключено в настройках iikoCloud.
iiko-order-TooSmallDeliveryDate = Время доставки слишком раннее.
iiko-order-IikoFrontTooOldVersion = Версия iikoFront слишком старая для этого действия. Нужно обновление.
iiko-order-DuplicatedReserveId = Резерв с таким номером в iiko уже есть.
iiko-order-TipsTypeNotApplicable = Такие чаевые к этому заказу не подходят.
iiko-order-AnonymousCustomerDisabled = В iiko запрещены заказы без гостя.
iiko-order-MayBeInconsistentUpdates = Пока мы отправляли, заказ могли изменить на кассе. Обновите его и решите снова.
iiko-order-InconsistentUpdates = Заказ изменили на кассе одновременно с вами. Обновите его и решите снова.
iiko-order-Line1Disabled = Адрес одной строкой в iiko выключен.
iiko-order-InternalServerError = У iiko внутренняя ошибка. Попробуйте ещё раз через минуту.
iiko-order-UnknownError = iiko не знает, что случилось. Обновите заказ: действие могло и пройти.
iiko-order-other = Касса отказала. Её слова — ниже.
iiko-order-PaymentSumNotEnough = Оплачено меньше, чем к оплате: заказ не закрыть.
iiko-order-CafeSessionNotFound = На кассе закрыта кассовая смена. Откройте её и попробуйте снова.
iiko-order-SettingsIssue = Настройки кассы этого не позволяют.
iiko-order-ModifierUsing = Модификатор нельзя использовать так.

# Действия с доставкой
acts-title = Действия с заказом
acts-open = Действия с заказом
acts-none-table = Заказ у стола ведут на кассе. Здесь его видно, а меняют там.
acts-none-over = Заказ завершён.
acts-none-making = Касса ещё не взяла заказ. Как возьмёт, здесь появятся действия.
acts-what-confirm = Подтвердить
acts-what-on_way = Отправить с курьером
acts-what-delivered = Отметить доставленным
acts-what-close = Закрыть заказ
acts-what-courier = Назначить курьера
acts-what-cancel = Отменить заказ
acts-did-confirm = Подтверждение
acts-did-on_way = Отправка с курьером
acts-did-delivered = Отметка о доставке
acts-did-close = Закрытие заказа
acts-did-courier = Назначение курьера
acts-did-cancel = Отмена заказа
acts-cause = Причина отмены
acts-cause-choose = Выберите причину
acts-cause-untold = Выберите причину отмены
acts-cause-none = Причин отмены в iiko нет или они ещё не загружены: синхронизируйте. Можно отменить с комментарием.
acts-comment = Комментарий
acts-comment-here = Останется в панели: касса принимает комментарий с iikoFront { $version }
acts-comment-long = Комментарий не длиннее { $n } знаков
acts-comment-untold = Напишите, почему отменяете
acts-courier = Курьер
acts-courier-choose = Выберите курьера
acts-courier-untold = Выберите курьера
acts-courier-none = iiko не отдал ни одного курьера: нужны право «D_DC0 Быть курьером для доставки» и ПИН-код.
acts-state-asked = Ждём кассу
acts-state-sending = Отправляем в кассу
acts-state-sent = Отправлено, ждём кассу
acts-state-done = Сделано
acts-state-refused = Касса отказала
acts-state-unknown = Неизвестно, сделано ли
acts-state-sent-sub = Считаем сделанным, только когда это скажет сам заказ.
acts-state-asked-sub = Касса не на связи. Отправим, как только ответит; через две минуты скажем, что не вышло.
acts-state-unknown-sub = Касса не сказала, сделала ли. Обновите заказ и посмотрите на его статус, прежде чем повторять.
acts-refresh = Обновить
acts-asked = Отправлено. Считаем сделанным, только когда это скажет сам заказ
acts-not-now = Так сделать уже нельзя: статус заказа изменился
acts-under-way = Прежнее действие ещё в пути. Дождитесь его
acts-already = Это действие уже в пути
order-source-person = сделано здесь

# Стоп-лист
menu-badge-stopped = В стопе
menu-badge-left = Осталось { $n }
menu-number-stopped = В стопе на кассе
menu-show-stopped = В стопе
menu-stops-old = Стоп-лист показан на { $when }: обновить не удалось. { $why }
menu-stops-never = Стоп-лист ещё не удалось прочитать. { $why }

# Заказы, которых не видно
unseen-title = Заказы, которых не видно
unseen-lead = Открытые чеки с товарами не из выгрузки. Гость не видит такой чек и не может его оплатить.
unseen-none = Таких заказов нет
unseen-none-sub = Все открытые чеки состоят из товаров выгрузки: гости видят их и могут оплатить.
unseen-products = Не в выгрузке
unseen-block = Каких товаров не хватает
unseen-checks = { $n ->
    [one] мешает { $n } чеку
   *[other] мешает { $n } чекам
}
unseen-todo = Что сделать
unseen-todo-export = iikoOffice → Обмен данными → Выгрузка меню: добавьте эти товары и нажмите «Выгрузить».
unseen-todo-sync = Нажмите «Синхронизировать» здесь. Чеки станут видны при следующем взгляде на столы.
unseen-link-sub = открытые чеки с товарами не из выгрузки.

# Доска заказов
board-title = Доска
board-lead = Что в работе сейчас. Обновляется сама; новый заказ зовёт, пока кто-нибудь не нажмёт «Видел».
board-sound = Звук
board-refresh = Обновить
board-delivery = Доставка и самовывоз
board-calling = { $n ->
    [one] Новый заказ: { $n }
   *[other] Новых заказов: { $n }
}
board-calling-sub = Никто ещё не сказал, что видел. Экраны заведения зовут, пока не нажать.
board-acknowledge = Видел
board-acknowledged = Экраны замолчали
board-seen = Новые заказы видели: { $name }, { $when }
board-minutes = { $n } мин
board-hours = { $h } ч { $m } мин
board-late = опаздывает
order-trouble-missed = iiko больше не показывает этот заказ
order-trouble-missed-todo = Его могли объединить с другим или удалить. Посмотрите на кассе. Если iiko снова его покажет, отметка пропадёт сама.

# Визиты поддержки
visit-word = Визит
visit-label = Визит поддержки
visit-looks = смотрит «{ $venue }» и ничего не меняет.
visit-changes = в «{ $venue }», может менять.
visit-why = Зачем: «{ $why }».
visit-left = { $n ->
    [one] осталась { $n } мин
    [few] осталось { $n } мин
   *[other] осталось { $n } мин
}
visit-leave = Закончить
visit-ask-changes = Запросить право менять
visit-told-now = Поддержка сейчас в вашей панели.
visit-told-was = Поддержка заходила в вашу панель { $when }.
visit-told-look = Кто, зачем и что смотрели
visit-begin-title = Войти в «{ $venue }»
visit-begin-hint = Визит длится час, без действий заканчивается через 15 минут. Владелец увидит ваше имя, причину и каждую страницу. Сначала вы только смотрите.
visit-begin = Войти
visit-topic = О чём
visit-topic-choose = Выберите
visit-topic-wrong = Выберите, о чём визит
visit-topic-sync = Меню и синхронизация
visit-topic-orders = Заказы
visit-topic-payments = Оплаты и очередь в кассу
visit-topic-menu = Товары и фото
visit-topic-staff = Персонал и столы
visit-topic-set_up = Подключение iiko
visit-topic-other = Другое
visit-reason = Зачем
visit-reason-hint = Что просили и номер обращения. Это прочтёт владелец.
visit-reason-wrong = Напишите причину: от { $least } до { $most } знаков
visit-code = Код из приложения
visit-code-hint = Шесть цифр, какие приложение показывает сейчас, даже если вы вошли минуту назад
visit-code-wrong = Код не подошёл. Дождитесь следующего и введите его
visit-changes-title = Право менять
visit-changes-hint = До конца визита вы сможете менять меню и столы, вести заказы и запускать синхронизацию. Доступы, договоры, оплаты и персонал по-прежнему можно только смотреть, ключи закрыты. Напишите, что именно нужно изменить: владелец это увидит.
visit-allow-changes = Получить право менять
visit-changes-allowed = Теперь можно менять. Каждое изменение видно владельцу вместе с вашим именем.
visit-over = Визит закончен
visit-ended = Визит закончен: вышло время, или его закончил владелец. Войдите снова, если причина осталась.
visit-forbidden = Владелец закрыл вход поддержке. Попросите его открыть: «Настройка» → «Доступ поддержки».
visit-no-owner = У заведения нет владельца: некому рассказать о визите, поэтому войти нельзя.
visit-look-only = Вы смотрите, но не меняете
visit-look-only-advice = Нажмите «Запросить право менять» на полосе вверху и напишите, зачем.
visit-of = Визит: { $name }
visit-now = идёт сейчас
visit-ended-by = закончен: { $name }
visit-ran-out = время вышло
visit-could-change = С правом менять: «{ $why }»
visit-facts = О визите
visit-started = Начало
visit-lasted = Длился
visit-could = Право
visit-only-look = только смотреть
visit-changed = Изменения
visit-changed-nothing = ничего не изменено
visit-changed-n = { $n ->
    [one] { $n } действие
    [few] { $n } действия
   *[other] { $n } действий
}
visit-seen-pages = Что смотрели и делали
visit-page = Страница
visit-refused = отказано
visit-sent = отправлена форма
visit-cut-requests = Показаны первые { $most } запросов из { $n }. Все они в журнале действий, под «Только поддержка».
visit-cut-changes = Показаны первые { $most } изменений из { $n }. Все они в журнале действий, под «Только поддержка».
visit-seen = Понятно
visit-end = Закончить визит
desk-title = Поддержка
desk-lead = Все заведения: сначала те, где что-то не так.
desk-under-way = Идут визиты
desk-find = Название, адрес или почта владельца
desk-show = Найти
desk-venues = Заведения
desk-none = Ничего не нашлось
desk-none-sub = Попробуйте часть названия, улицу или почту владельца.
desk-no-owner = без владельца
desk-visited = поддержка была
desk-enter = Войти
desk-forbidden = вход закрыт
desk-cut = Показаны первые 50. Уточните поиск.
support-access-title = Доступ поддержки
support-access-lead = Поддержка входит под своим именем и с причиной. Вы видите каждый визит и можете закончить его.
support-access-open-page = Открыть
support-access-set = Доступ поддержки изменён
support-visits = Визиты
support-never = Поддержка ещё не заходила
support-never-sub = Когда зайдёт, здесь будет кто, зачем, какие страницы и что изменено.
support-may = Кого пускать
support-open = Поддержка может войти в любое время.
support-until = Поддержка может войти до
support-forbidden = Вход поддержке закрыт.
support-allow = Пускать в любое время
support-forbid = Не пускать
support-allow-hours = { $n ->
    [one] Пустить на { $n } час
    [few] Пустить на { $n } часа
   *[other] Пустить на { $n } часов
}
support-never-opens = Паролей поддержка не видит, от ключа iiko, телефонов и счетов видит только последние знаки. Адреса гостей, почта, файлы договоров и журнал действий ей закрыты. Доступы, договоры и оплаты она смотрит, но не меняет.
# Роли: кто что может
role-lead = старший смены
role-accountant = бухгалтер
role-content = контент-редактор
role-owner-about = Может всё. Только он зовёт людей, меняет роли и решает о поддержке.
role-manager-about = Ведёт заведение: меню, зал, персонал, договоры, подключение iiko. Не решает, кому открыт доступ.
role-lead-about = Ведёт смену: заказы, звонки гостям, платежи, которые ждут решения. Настройки и договоры только смотрит.
role-accountant-about = Видит деньги: договоры с реквизитами, очередь в кассу, заказы файлом без телефонов. Сверяет, но ничего не подписывает.
role-content-about = Меняет меню и фотографии. Остальное только смотрит.
role-viewer-about = Только смотрит; телефоны, адреса и счета скрыты.
permission-view = Смотреть заведение
permission-view-about = все страницы; телефоны, адреса и счета скрыты
permission-serve = Вести заказы
permission-serve-about = подтвердить, отправить, закрыть, спросить кассу ещё раз
permission-guests = Видеть телефоны и адреса гостей
permission-guests-about = целиком, и ответ iiko как есть
permission-export = Выгружать заказы файлом
permission-export-about = телефоны в нём целиком у тех, кто их видит
permission-queue = Сверять платежи с кассой
permission-queue-about = запустить сверку, закрыть расхождение
permission-repost = Решать судьбу платежа
permission-repost-about = «уже в чеке» или «провести ещё раз»
permission-content = Менять меню
permission-content-about = разделы, свои блюда, фотографии
permission-manage = Управлять заведением
permission-manage-about = синхронизация, зал, готовность, название и адрес
permission-staff = Вести персонал
permission-staff-about = принять, изменить, отстранить; телефоны и почта целиком
permission-money = Видеть реквизиты
permission-money-about = счета целиком, файлы договоров, кому уйдёт платёж
permission-contracts = Менять договоры
permission-contracts-about = подписать, завершить, раздать блюда, сменить код оплаты
permission-keys = Подключать iiko
permission-keys-about = ключ, организация, терминал, уведомления
permission-access = Решать, кому открыт доступ
permission-access-about = люди, роли, ссылки, ключи API
permission-audit = Читать журнал
permission-audit-about = кто, что и когда изменил
permission-support = Решать о поддержке
permission-support-about = видеть её визиты, закончить, разрешить, запретить
access-support-looks = Поддержка смотрит
access-support-changes = Поддержка меняет
access-yes = да
access-proof = спросим пароль или код
access-proof-sub = Там, где «спросим пароль или код», мало войти: если после входа прошло больше десяти минут, попросим подтвердить, что это вы.
access-support-sub = Поддержка входит только с указанной причиной, и вы это видите. Менять она может лишь во втором, отдельном шаге.
access-what = Что
visit-role = поддержка
visit-closed = Поддержке это не открывается
visit-closed-advice = Ключи, файлы договоров и журнал действий закрыты в любом визите, а доступы, договоры, оплаты и персонал можно только смотреть. Попросите владельца сделать это самому.
settings-support-sub = Кто из поддержки заходил, зачем и что смотрел.
# Журнал действий
audit-title = Журнал действий
audit-lead = Кто что сделал, когда и откуда. Записи не меняются и не удаляются; телефоны и секреты в них скрыты. Просмотр журнала тоже записывается.
audit-settings-sub = Кто что сделал, когда и откуда — и что было до этого.
audit-settings-open = Открыть журнал
audit-who = Кто
audit-anybody = Кто угодно
audit-kind = Что
audit-any-kind = Что угодно
audit-kind-menu = Меню
audit-kind-orders = Заказы
audit-kind-money = Оплаты
audit-kind-contracts = Договоры
audit-kind-seating = Посадочные места
audit-kind-staff = Персонал
audit-kind-sync = Синхронизации и готовность
audit-kind-ties = Интеграции и ключи
audit-kind-access = Доступы
audit-kind-venue = Заведение
audit-kind-audit = Сам журнал
audit-from = с
audit-to = по
audit-only-support = Только поддержка
audit-wrong-from = Первый день не читается: нужна дата вида 23.11.2026.
audit-wrong-to = Последний день не читается: нужна дата вида 23.11.2026.
audit-none = Здесь ещё ничего не делали
audit-none-sub = Первое же изменение в заведении появится здесь.
audit-nothing-sub = Уберите часть условий или возьмите другие дни.
audit-by-person = человек
audit-by-support = поддержка
audit-by-itself = само
audit-somebody = Кто-то, кого больше нет
audit-for = от имени: { $name }
audit-open = Открыть
audit-yes = да
audit-no = нет
audit-result-done = сделано
audit-result-refused = отказано
audit-lang-ru = русский
audit-lang-en = английский
audit-post-support = поддержка
audit-post-platform = команда панели
audit-access-open = в любое время
audit-access-until = до срока
audit-access-forbidden = закрыт
audit-visit-sent = Поддержка отправила форму
audit-csv-when = Когда
audit-csv-who = Кто
audit-csv-for = От имени
audit-csv-came = Как
audit-csv-what = Что
audit-csv-name = Название
audit-csv-change = Было → стало
audit-csv-result = Итог
audit-csv-ip = Откуда
audit-csv-deed = Действие
audit-csv-object = Предмет
audit-csv-cut = Дальше файл обрезан: в нём последние { $n } действий. Чтобы выгрузить остальные, сузьте поиск, например по дням.
audit-field-account = счёт
audit-field-act = действие
audit-field-added = добавлено
audit-field-address = адрес
audit-field-amount = сумма
audit-field-boxes = отмечено
audit-field-category = подраздел
audit-field-changed = изменено
audit-field-comment = комментарий
audit-field-decision = решение
audit-field-detail = подробность
audit-field-device = устройство
audit-field-dictionaries = справочники
audit-field-email = почта
audit-field-ended = закрыто входов
audit-field-ended_on = день окончания
audit-field-entity = получатель
audit-field-filter = условия
audit-field-from = с
audit-field-iiko_id = номер в iiko
audit-field-in_books = у нас
audit-field-kind = что
audit-field-lang = язык
audit-field-left = осталось кодов
audit-field-login = вход
audit-field-method = метод
audit-field-moved = перенесено
audit-field-n = сколько
audit-field-notices = уведомления
audit-field-number = номер
audit-field-on_bill = в чеке
audit-field-options = модификаторы
audit-field-organization = организация
audit-field-path = страница
audit-field-payments = способы оплаты
audit-field-photo = фото
audit-field-post = роль
audit-field-primary = основной договор
audit-field-products = товары
audit-field-reason = причина
audit-field-required = обязателен
audit-field-returned = вернулось
audit-field-role = роль
audit-field-route = адрес страницы
audit-field-scopes = права
audit-field-seating = залы и столы
audit-field-section = раздел
audit-field-sessions_ended = закрыто входов
audit-field-signed_on = день подписания
audit-field-skipped = пропущено
audit-field-staff = персонал
audit-field-status = ответ
audit-field-support = поддержка
audit-field-support_access = доступ поддержки
audit-field-tail = ключ оканчивается на
audit-field-tally = изменений
audit-field-terminal_group = терминал
audit-field-theme = оформление
audit-field-time_zone = часовой пояс
audit-field-to = по
audit-field-topic = о чём
audit-field-unchanged = без изменений
audit-field-until = до
audit-field-url = адрес меню
audit-field-vanished = исчезло
audit-field-waiter = официант
audit-field-who = кто
deed-api_key-made = Создан ключ API
deed-api_key-revoked = Ключ API отозван
deed-audit-exported = Журнал выгружен в файл
deed-audit-read = Журнал просмотрен
deed-category-created = Подраздел создан
deed-category-moved = Подраздел перенесён в другой раздел
deed-category-ordered = Изменён порядок подразделов
deed-category-removed = Подраздел удалён
deed-category-renamed = Подраздел переименован
deed-connection-key_set = Задан ключ iiko
deed-connection-organization_chosen = Выбрано заведение в iiko
deed-connection-removed = iiko отключён
deed-connection-terminal_awakened = Разбужен терминал iiko
deed-connection-terminal_chosen = Выбран терминал iiko
deed-contract-changed = Договор изменён
deed-contract-created = Договор создан
deed-contract-ended = Договор завершён
deed-contract-file_given = К договору приложен файл
deed-contract-made_primary = Договор сделан основным
deed-contract-products_assigned = Товары отнесены к договору
deed-contract-products_released = Товары отвязаны от договора
deed-contract-removed = Договор удалён
deed-contract-section_assigned = Раздел отнесён к договору
deed-contract-signed = Договор отмечен подписанным
deed-difference-settled = Расхождение в чеке разобрано
deed-employee-changed = Сотрудник изменён
deed-employee-created = Сотрудник добавлен
deed-employee-suspended = Сотрудник отстранён
deed-employee-taken = Сотрудник взят из iiko
deed-employee-taken_back = Сотрудник возвращён к работе
deed-guest_url-changed = Изменён адрес меню для QR-кодов
deed-hall-hidden = Зал скрыт
deed-hall-renamed = Зал переименован
deed-hall-shown = Зал показан
deed-invitation-accepted = Приглашение принято
deed-invitation-made = Создано приглашение
deed-invitation-withdrawn = Приглашение отозвано
deed-member-removed = Доступ снят
deed-member-role_set = Изменена роль
deed-order-act = Действие с доставкой
deed-order-acknowledged = Новые заказы на доске увидены
deed-reconciliation-asked = Запрошена сверка чеков
deed-password-changed = Пароль изменён
deed-password-link_made = Создана ссылка для нового пароля
deed-password-renewed = Задан новый пароль по ссылке
deed-payment-confirmed = Оплата подтверждена в чеке
deed-payment-decided = Решено, что делать с оплатой
deed-payment_code-changed = Изменён код способа оплаты
deed-person-enrolled = Человек добавлен из командной строки
deed-profile-changed = Профиль изменён
deed-readiness-checked = Проверена готовность
deed-section-created = Раздел создан
deed-section-hidden = Раздел скрыт
deed-section-ordered = Изменён порядок разделов
deed-section-removed = Раздел удалён
deed-section-renamed = Раздел переименован
deed-section-shown = Раздел показан
deed-session-closed = Выход
deed-session-opened = Вход
deed-session-revoked = Вход на другом устройстве завершён
deed-sync-applied = Синхронизация применена
deed-sync-approved = Изменения из iiko разрешены
deed-sync-asked = Запрошена синхронизация
deed-sync-cancelled = Синхронизация отменена
deed-sync-discarded = Изменения из iiko отклонены
deed-table-hidden = Стол скрыт от гостей
deed-table-renamed = Стол переименован
deed-table-shown = Стол показан гостям
deed-table-waiter_given = Столу назначен официант
deed-table_codes-prepared = Подготовлены QR-коды столов
deed-table_codes-printed = QR-коды столов отмечены напечатанными
deed-venue-changed = Изменены сведения о заведении
deed-webhooks-replayed = Событие iiko применено ещё раз
deed-webhooks-saved = Настроены события iiko
deed-webhooks-secret_changed = Сменён секрет событий iiko
access-second = Второй фактор при входе
access-second-is-on = Без второго фактора в заведение никто не войдёт: у кого его нет, тот сначала включит.
access-second-is-off = Сейчас второй фактор каждый включает сам, в своём профиле.
access-second-ask = Требовать от всех
access-second-drop = Больше не требовать
access-second-on = Теперь без второго фактора сюда не войти
access-second-off = Второй фактор больше не обязателен
access-second-yours = Сначала включите второй фактор у себя, в профиле
# Вход: подтверждение, второй фактор
prove-title = Подтвердите, что это вы
prove-lead-password = Это важное действие. Введите свой пароль, и мы продолжим с того же места.
prove-lead-code = Это важное действие. Введите код из приложения, и мы продолжим с того же места.
prove-lost = Файл сохранить не получится: после подтверждения выберите его на странице ещё раз.
prove-button = Подтвердить
prove-back = Вернуться, ничего не меняя
prove-wrong = Пароль не подошёл. Проверьте раскладку и попробуйте ещё раз
kept-over = Форма ждала подтверждения больше 10 минут. Вернитесь на страницу и заполните её ещё раз
second-code = Код
second-code-hint = Шесть цифр из приложения или один из запасных кодов.
second-code-wrong = Код не подошёл. Каждый код работает один раз: дождитесь в приложении следующего
code-title = Второй шаг
code-lead = Пароль подошёл. Введите код из приложения для { $email }.
code-other = Войти как другой человек
code-lost = Потеряли телефон? Подойдёт запасной код. Если нет и его, напишите в поддержку.
code-recovery-used = Вы вошли по запасному коду. Осталось кодов: { $left }. Новые можно сделать в профиле
second-title = Второй фактор
second-lead = Кроме пароля спросим код из приложения на вашем телефоне. Одного пароля чужому не хватит.
second-must = Вам доступны данные многих заведений, поэтому без второго фактора панель не откроется. Это займёт минуту.
second-must-stay = Выключить второй фактор нельзя: вам доступны данные многих заведений.
second-app = Приложение с кодами
second-step-app = Откройте приложение с кодами (подойдёт любое: Яндекс Ключ, Google Authenticator, 1Password) и наведите его на этот код.
second-qr = QR-код для приложения
second-secret = Или введите ключ вручную
second-first-code-hint = Шесть цифр, которые приложение показывает для Maitre.
second-first-code-wrong = Код не подошёл. Проверьте, что часы телефона идут верно, и введите новый
second-set = Включить
second-offer-over = Этот ключ устарел. Откройте страницу второго фактора ещё раз
second-anew = Другой телефон
second-anew-sub = Прежнее приложение и прежние запасные коды перестанут работать, на других устройствах придётся войти заново.
second-on = Включён
second-off = Выключен: для входа хватает пароля
second-since = включили
second-is-off = Второй фактор и так выключен
second-remove = Выключить
second-remove-sub = Для входа снова будет хватать пароля.
second-removed = Второй фактор выключили
second-setup = Включить второй фактор
second-manage = Изменить
second-required = Это заведение пускает только со вторым фактором. Включите его, и откроется нужная страница.
recovery-title = Запасные коды
recovery-lead = Ими можно войти, если телефона нет под рукой. Каждый сработает один раз.
recovery-codes = Десять кодов
recovery-copy = Скопировать все
recovery-once = Больше мы их не покажем. Распечатайте или сохраните там, где храните пароли.
recovery-kept = Сохранено, дальше
recovery-left = осталось { $left } из 10
recovery-renew = Сделать новые
profile-end-others = Закрыть все остальные
profile-others-ended = { $n ->
    [0] Других входов не было
    [one] Закрыли { $n } вход
    [few] Закрыли { $n } входа
   *[other] Закрыли { $n } входов
}
access-made-password-sub = Скопируйте ссылку и отправьте человеку сами: писем панель пока не шлёт. Ссылка действует 30 минут, один раз, и больше здесь не покажется.
deed-visit-begun = Поддержка вошла
deed-visit-request = Поддержка смотрела страницу
deed-visit-changes_allowed = Поддержка получила право менять
deed-visit-ended = Визит поддержки закончен
deed-visit-acknowledged = Визит поддержки просмотрен
deed-support_access-set = Изменён доступ поддержки

deed-venue-closed = Заведение закрыто
deed-venue-opened = Заведение открыто снова
deed-venue-second_factor = Второй фактор для всех

deed-person-suspended = Человек отключён от панели
deed-person-restored = Человеку снова открыт вход
deed-recovery_code-used = Вход по запасному коду
deed-recovery_codes-renewed = Запасные коды сделаны заново
deed-second_factor-set = Второй фактор включён
deed-second_factor-removed = Второй фактор выключен
deed-second_factor-reset = Второй фактор снят поддержкой
deed-session-proved = Личность подтверждена
deed-sessions-ended = Входы закрыты

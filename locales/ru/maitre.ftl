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

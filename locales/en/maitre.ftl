### The panel's words. Keys by room; each has its Russian twin.

## Everywhere
skip-to-content = Skip to content
crumbs-label = Path
open-side-menu = Sections menu
side-label = Venue and sections
switch-venue = Switch venue
all-venues = All venues
my-venues = My venues
nav-label = Sections
other-language = Русский
other-language-code = ru
form-not-saved = { $n ->
    [one] Not saved: fix { $n } field
   *[other] Not saved: fix { $n } fields
}

## Times
when-just-now = just now
when-minutes-ago = { $n } min ago
when-today = today at { $clock }
when-yesterday = yesterday at { $clock }
lasted-moment = less than a second
lasted-seconds = { $s } s
lasted-minutes = { $m } min { $s } s
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Errors
fault-not-found = There is no such page
fault-not-found-advice = It may have been deleted, or the link is incomplete. If it belongs to another venue, ask its owner for access.
fault-forbidden = You may not do this
fault-forbidden-advice = The venue's owner grants rights. If the page was open for long, reload it and try again.
fault-too-large = The file or text is too large
fault-too-large-advice = A photo may be up to 5 MB, a form up to 64 KB. Make it smaller and send it again.
fault-too-many = Too many attempts in a row
fault-too-many-advice = Wait { $wait ->
    [one] { $wait } second
   *[other] { $wait } seconds
} and try again.
fault-too-many-minutes = Wait { $wait ->
    [one] { $wait } minute
   *[other] { $wait } minutes
} and try again.
fault-busy = It cannot be saved right now
fault-busy-advice = The database is busy or the disk is full. Nothing is lost: try again in a few seconds; if that does not help, write to support.
fault-internal = Something broke on our side
fault-internal-advice = We have recorded the error. Try again; if it happens again, write to support.
fault-unreadable = What was sent could not be read
fault-unreadable-advice = Go back, reload the page and send the form again.
fault-conflict-advice = Reload the page: it already shows the new state.
fault-code = Code { $code }
way-menu = To the venue's menu
way-sync = To the syncs
way-settings = To the settings
way-home = To my venues

## Venues: the page's frame
role-owner = owner
role-manager = manager
role-viewer = viewer
nav-menu = Menu
nav-sync = Syncs
nav-settings = Settings
nav-waiting = waiting for a decision
chip-none = iiko is not connected
chip-setting-up = iiko: set-up is not finished
chip-never-synced = iiko is connected · menu not loaded yet
chip-synced = iiko is connected · synced { $when }
chip-running = iiko is connected · sync in progress
chip-held = A sync waits for your decision
chip-attention = iiko: needs your attention
chip-till-away = The till is away · { $when }
chip-till-away-payments = { $n ->
    [one] The till is away · { $when } · { $n } payment waits
   *[other] The till is away · { $when } · { $n } payments wait
}

## Common buttons
save = Save
change = Change
replace = Replace
keep-as-is = Leave as it is
pager-label = Pages
pager-newest = To the newest
pager-older = Show earlier ones

## iiko: connecting
iiko-integrations = Integrations
iiko-tabs = Parts of the integration
iiko-connect-title = Connecting iiko Cloud
iiko-connect-sub = Each step is saved on its own
step-done = Step { $n } is done
iiko-key = API key
iiko-key-hint = iikoWeb → “API integrations” issues the key. One key opens one location: a second venue needs its own.
iiko-key-replace-hint = We try the new key first and replace the old one only then.
iiko-key-checked = Checked
iiko-key-set-by = Saved by { $name }
iiko-key-absent = A manager or the owner pastes the key.
iiko-key-empty = Paste the key from iikoWeb → “API integrations”.
iiko-key-not-a-key = This does not look like an iiko key: it has only Latin letters, digits and signs, no spaces or line breaks.
iiko-key-fits = { $n ->
    [0] The key works, but no location is attached to it. Add a location in iikoWeb → “API integrations”.
    [one] The key works: it sees { $n } venue. Choose it below.
   *[other] The key works: it sees { $n } venues. Choose yours below.
}
iiko-login-v1 = Signing in to iiko: API login.
iiko-login-v2 = Signing in to iiko: application and key.
iiko-organization = Venue
iiko-organizations-seen = { $n ->
    [one] The key sees { $n } organization.
   *[other] The key sees { $n } organizations.
}
iiko-choose-organization = Choose the venue
iiko-choose-organization-first = Choose a venue from the list: it holds only those iiko returned.
iiko-organization-later = Appears when iiko accepts the key.
iiko-organization-saved = Venue “{ $name }” saved. Now choose the terminal.
iiko-no-organizations = The key works, but no location is attached to it. In iikoWeb → “API integrations” open the key, add a location and reload this page.
iiko-no-organization = Choose the venue first
iiko-no-key = Save the API key first
iiko-terminal = Terminal
iiko-terminal-hint = The group of tills the panel works with: orders and payments come here.
iiko-choose-terminal = Choose the terminal
iiko-choose-terminal-first = Choose a terminal from the list: it holds only this venue's terminals.
iiko-terminal-later = Appears when the venue is chosen.
iiko-terminal-saved = Terminal “{ $name }” saved. The menu can be synced now.
iiko-no-terminals = iiko returned no terminal for this venue. Ask the integrator to enable a terminal group for the API in iikoWeb.
terminal-alive = connected
terminal-asleep = asleep
terminal-silent = not answering
terminal-sleeps = Terminal “{ $name }” is asleep: it has not been used through the API for long.
terminal-awaken = Wake up
terminal-awakened = The terminal is awake. You can choose it now.
terminal-not-awakened = iiko could not wake the terminal. Check that the till is on and try again; if that does not help, call your iiko integrator.
iiko-sync = Sync
iiko-synchronize = Sync now
iiko-sync-hint = The menu, tables, payment types, staff and dictionaries come from iiko in the background. You can close the page and come back.
iiko-sync-running = A sync is running.
iiko-sync-open = Open its progress
iiko-where-title = Where this is in iiko
iiko-where-key = The key: iikoWeb → iikoTransport application → “API integrations” → the login → “API key”.
iiko-where-rights = Rights: same place, “Rights template” — “All rights”, or at least menu and dictionaries.
iiko-where-export = The menu: iikoOffice → “Data exchange” → “Menu export” → add products and press “Export”.
iiko-disconnect = Disconnect iiko
iiko-disconnect-open = Disconnect…
iiko-disconnect-sub = We forget the key, the menu stays.
iiko-disconnect-title = Disconnect iiko?
iiko-disconnect-key = The panel forgets the key, the chosen venue and terminal. The menu stops being updated from iiko.
iiko-disconnect-menu = Products, sections, photos and the history of syncs stay. You can add products of your own. Connect iiko again and products will recognise each other.
iiko-disconnected = iiko is disconnected. The menu stayed; now you run it.
iiko-sync-is-running = A sync is running: stop it or wait for its end

## iiko: failures
owner-you = You can mend it.
owner-integrator = Your iiko integrator mends it.
owner-support = Support will help.
owner-time = You only need to wait.
trouble-for-support = For support
trouble-code = Code
trouble-said = iiko answered:
iiko-fault-unreachable = iiko cannot be reached
iiko-fault-unreachable-todo = It looks like the network or an outage at iiko. Wait a couple of minutes and try again; if it lasts, write to support.
iiko-fault-timed_out = iiko did not answer in time
iiko-fault-timed_out-todo = This happens when iiko is overloaded. Try again in a few minutes; if it repeats, write to support.
iiko-fault-bad_key = iiko did not accept the key
iiko-fault-bad_key-todo = Copy the key again in iikoWeb → “API integrations” and check that the login is active. If the key was made anew, paste the new one.
iiko-fault-sealed_key = The stored key does not open
iiko-fault-sealed_key-todo = Paste the iiko key again: “Replace”. If it happens again, tell support: the panel’s master key has changed.
iiko-fault-missing_right = The key lacks a right
iiko-fault-missing_right-todo = Ask the integrator to grant it in iikoWeb → “API integrations” → “Rights template”, then try again.
iiko-fault-rate_limited = iiko asks to wait: there were too many requests
iiko-fault-rate_limited-todo = Wait a minute and try again. Nothing is lost.
iiko-fault-refused = iiko refused the request
iiko-fault-refused-todo = Write to support and attach the code below: iiko finds the request by it.
iiko-fault-down = iiko's server has a failure
iiko-fault-down-todo = It usually passes in a few minutes. Try later; if it lasts, write to support.
iiko-fault-not_json = iiko sent something else instead of data
iiko-fault-not_json-todo = This happens during maintenance at iiko or because of something between us. Try later; if it repeats, write to support.
iiko-fault-truncated = iiko's answer broke off in the middle
iiko-fault-truncated-todo = The menu is untouched: we never apply half an answer. Try again; if it repeats, write to support.
iiko-fault-too_big = iiko's answer is too large
iiko-fault-too_big-todo = The menu is untouched. Write to support: we will look at what is exported in iiko.
iiko-fault-too_deep = iiko's answer is built strangely: too many nested levels
iiko-fault-too_deep-todo = The menu is untouched. Write to support and attach the code below.
iiko-fault-garbage = iiko's answer could not be read
iiko-fault-garbage-todo = The menu is untouched. Write to support and attach the code below.

## iiko: exchange journal
journal-title = Exchange journal
journal-filter = What to show
journal-all = All calls
journal-trouble = Failures only
journal-empty = There have been no calls to iiko yet
journal-no-trouble = No failures
journal-empty-sub = Every call to iiko will appear here: when, what was asked, what it answered. Keys are masked.
journal-when = When
journal-method = Call
journal-request = Asked:
journal-answer = Answer
journal-took = Took
journal-attempt = attempt { $n }
journal-details = Details
journal-fine = Fine
journal-ms = { $n } ms

## Signing in
sign-in-title = Sign in
sign-in-lead = Your venue's menu and till.
sign-in-email = E-mail
sign-in-password = Password
sign-in-forgotten = Forgot your password? The venue's owner will send you a new link. If the owner is you, write to support.
sign-in-refused = That e-mail or password did not work. Check your keyboard layout and try again.
sign-in-button = Sign in
sign-in-no-access = No access? The owner of your venue sends the invitation.
password-hint = 12 characters or more. A phrase of several words is the easiest.
password-too-short = The password is too short: it takes at least { $n } characters
password-too-long = The password is too long: no more than { $n } characters
password-guessable = This password would be guessed among the first: it has a name, an e-mail, a well-known word or few different characters. Think of a phrase only you know

## Profile
profile-title = Profile
profile-about = About you
profile-name = Name
profile-name-wrong = Write a name, up to 80 characters
profile-language = Language
profile-theme = Appearance
profile-theme-auto = As the system
profile-theme-light = Light
profile-theme-dark = Dark
profile-saved = Saved
profile-password = Password
profile-current-password = Current password
profile-new-password = New password
profile-password-sub = After the change your other devices will have to sign in again.
profile-password-wrong = The current password did not match
profile-change-password = Change the password
profile-password-changed = The password is changed, your other devices are signed out
profile-sessions = Where you are signed in
profile-sessions-sub = Moscow time
profile-this-device = this device
profile-unknown-device = Unknown device
profile-session-seen = last used
profile-session-opened = signed in
profile-end-session = Sign out
profile-session-ended = That device is signed out
profile-sign-out = Sign out

## My venues
venues-none = No venues yet
venues-none-sub = Ask the venue's owner to send an invitation to { $email }. Once you accept it, the venue appears here.
venues-none-staff = You have no venues of your own
venues-none-staff-sub = You are on the panel's staff. Venues whose owner has invited you would appear here.

## A venue's settings
settings-venue = Venue
settings-name = Name
settings-name-wrong = Write a name, up to { $n } characters
settings-address = Address
settings-address-hint = It tells apart places of the same name
settings-address-wrong = The address may have up to { $n } characters
settings-zone = Time zone
settings-zone-hint = The panel shows syncs and orders in this time
settings-zone-wrong = Choose a time zone from the list
settings-nothing = not given
settings-saved = Saved
settings-meanwhile = While you were editing, this was saved here: { $theirs }. The field holds your value: press “Save” again to keep it
settings-read-only = The owner or a manager can change the settings.
settings-integrations = Integrations
settings-iiko-change = Change iiko & iiko Cloud
settings-iiko-look = Look at iiko & iiko Cloud
settings-look = Look
settings-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
settings-people-sub = Who can open the venue's panel and what they may do
settings-people-open = Open

## Access
access-title = Access
access-lead = Who can open the venue's panel and what they may do.
access-people = People
access-me = this is you
access-only-owner = The only owner: to leave or change the role, make somebody else an owner first.
access-change = Change access
access-role = Role
access-role-of = Role: { $name }
access-role-wrong = Choose a role from the list
access-set-role = Change role
access-role-set = { $name }: now { $role }
access-renew = Link for a new password
access-not-renewable = This person cannot be given a new password from here: they are an owner or also work at somebody else's venue
access-remove = Take access away
access-removal-title = Take access away: { $name }
access-removal-sub = { $name } ({ $email }) will lose access to the venue at once. Everything they have done stays.
access-removal-me = You will lose access to this venue at once. Everything you have done stays.
access-removal-back = A new invitation gives access back.
access-removed = { $name }: access taken away
access-last-owner = This is the only owner. Make somebody else an owner first
access-invited = Links nobody has used yet
access-for-password = new password
access-until = works until { $until }
access-over = its time is over
access-withdraw = Withdraw
access-withdrawn = The link no longer works
access-invite = Invite
access-email = E-mail
access-email-wrong = There seems to be a typo in the e-mail: it should look like anna@example.com
access-already-in = This person is already on the list: change their role there
access-too-many = Too many open invitations: withdraw some of them
access-invite-hint = We make a link that works for 72 hours, once. The panel sends no mail yet: send the link yourself.
access-make-link = Make a link
access-made = Invitation for { $email }
access-made-password = New password for { $email }
access-made-sub = Copy the link and send it yourself: the panel sends no mail yet. It works for 72 hours, once, and is not shown here again.
access-copy = Copy
access-copied = Copied
access-read-only = The owner can invite people and change roles.
access-roles = What each role may do
access-no = no

## Invitation
invite-title = Invitation to { $venue }
invite-lead-new = Your role: { $role }. Tell us your name and think of a password, and you are in.
invite-lead-known = Your role: { $role }. You have signed in to Maitre with this e-mail before: enter your password.
invite-lead-here = Your role: { $role }. You are signed in with this e-mail already, just say yes.
invite-lead-renew = Think of a new password. The old one stops working, and every device has to sign in again.
invite-renew-title = New password
invite-name = Your name
invite-new-password = Think of a password
invite-password-wrong = The password did not match. It is the one you have signed in to Maitre with before
invite-join = Enter the venue
invite-renew = Save and sign in
invite-other = You are signed in here as { $email }. The link is for somebody else: accepting it signs you out.
invite-welcome = Welcome to { $venue }
invite-renewed = The password is saved
invite-unknown = The link does not open
invite-unknown-sub = It seems to have been copied only in part. Ask the venue's owner to send it again.
invite-used = The link no longer works
invite-used-sub = It has been used, withdrawn or replaced by a newer one. If that was you, just sign in; otherwise ask the venue's owner for a new one.
invite-over = The link's time is over
invite-over-sub = An invitation works for 72 hours, a link for a new password for 30 minutes. Ask the venue's owner to send a new one.
invite-to-sign-in = To the sign-in

## Time zones
zone-kaliningrad = Kaliningrad
zone-moscow = Moscow
zone-samara = Samara
zone-saratov = Saratov
zone-volgograd = Volgograd
zone-astrakhan = Astrakhan
zone-ulyanovsk = Ulyanovsk
zone-yekaterinburg = Yekaterinburg
zone-omsk = Omsk
zone-novosibirsk = Novosibirsk
zone-barnaul = Barnaul
zone-tomsk = Tomsk
zone-novokuznetsk = Novokuznetsk
zone-krasnoyarsk = Krasnoyarsk
zone-irkutsk = Irkutsk
zone-chita = Chita
zone-yakutsk = Yakutsk
zone-vladivostok = Vladivostok
zone-sakhalin = Yuzhno-Sakhalinsk
zone-magadan = Magadan
zone-kamchatka = Petropavlovsk-Kamchatsky
zone-anadyr = Anadyr
zone-minsk = Minsk
zone-chisinau = Chișinău
zone-tbilisi = Tbilisi
zone-yerevan = Yerevan
zone-baku = Baku
zone-almaty = Almaty
zone-tashkent = Tashkent
zone-bishkek = Bishkek
zone-dushanbe = Dushanbe
zone-ashgabat = Ashgabat
zone-ulaanbaatar = Ulaanbaatar
zone-istanbul = Istanbul
zone-dubai = Dubai
zone-jerusalem = Jerusalem
zone-nicosia = Nicosia
zone-belgrade = Belgrade
zone-berlin = Berlin
zone-london = London
## Syncs
yes = yes
no = no
nothing-there = empty
refresh = Refresh
pager-start = To the start of the list
pager-more = Next 50
iiko-fault-nothing_exported = iiko's menu export is empty
iiko-fault-nothing_exported-todo = iikoOffice → “Data exchange” → “Menu export”: add products and press “Export” at the bottom left. Then sync again.
iiko-fault-ours = The sync broke on our side
iiko-fault-ours-todo = The menu is untouched. Try again; if it repeats, write to support.
sync-number = Sync No. { $n }
sync-asked-by = Started by { $name } ·
sync-took = took
sync-running-title = Syncing
sync-running-hint = It usually takes seconds, a minute with a large menu. You can close the page and return: the sync goes on by itself.
sync-stop = Stop
sync-phase-fetch = Getting the menu from iiko
sync-phase-plan = Comparing it with yours
sync-phase-apply = Writing the changes
sync-count-kb = { $n } KB
sync-count-products = { $n ->
    [one] { $n } product
   *[other] { $n } products
}
sync-count-changes = { $n ->
    [one] { $n } change
   *[other] { $n } changes
}
sync-state-queued = Queued
sync-state-running = Running
sync-state-applied = Applied
sync-state-unchanged = No changes
sync-state-held = Waits for a decision
sync-state-discarded = Left as it was
sync-state-superseded = Replaced by a later one
sync-state-failed = Failed
sync-state-cancelled = Stopped
sync-unchanged-title = The menu is already as in iiko
sync-unchanged-sub = Nothing has changed since the last sync; we touched nothing.
sync-cancelled-sub = The sync was stopped. The menu is as it was.
sync-nothing-touched = The menu is untouched: guests see the old one.
sync-tally-added = New
sync-tally-added-sub = products
sync-tally-changed = Changed
sync-tally-changed-sub = price, name, description and more
sync-tally-moved = Moved in iiko
sync-tally-moved-sub = stay in place here
sync-tally-vanished = Vanished
sync-tally-vanished-sub = hidden, not deleted
sync-tally-returned = Returned
sync-tally-returned-sub = to their place, with photos
sync-tally-skipped = Skipped
sync-tally-skipped-sub = each with its reason
sync-tally-unchanged = Unchanged
sync-tally-unchanged-sub = products
sync-tally-options = Modifiers and sizes
sync-tally-options-sub = added or changed
sync-short-added = new
sync-short-changed = changed
sync-short-moved = moved
sync-short-vanished = vanished
sync-short-returned = returned
sync-kind-added = New
sync-kind-changed = Changed
sync-kind-moved = Moved in iiko
sync-kind-vanished = Vanished
sync-kind-returned = Returned
sync-kind-skipped = Skipped
sync-tabs = What changed
sync-what = What
sync-was = Was
sync-became = Became
sync-explained = Explanation
sync-why = Why
sync-hidden-from-guests = hidden from guests
sync-gone-from-iiko = no longer in iiko
kind-dish = dish
kind-good = goods
sync-none-yet = There have been no syncs yet
sync-none-yet-on = Press “Sync now”: the menu comes from iiko, and what changed and why stays here.
sync-none-yet-off = Connect iiko: the menu comes by itself, and what changed and why will be seen here.
sync-connect = Connect iiko
sync-when = When
sync-who = Who
sync-result = Result
sync-lasted = Took
sync-iiko-is-off = Connect iiko first: choose the venue and the terminal
sync-is-over = This sync is already over
sync-already-decided = This sync has been decided already
sync-runs-already = Another sync is running
sync-pressed-twice = A sync was just started and finished
sync-discarded-said = The menu stayed as it was. The next sync will compare it with iiko anew.
job-lost = Another server does this work now
thing-section = section
thing-category = category
thing-modifier = modifier
thing-modifier_group = modifier group
thing-size = size
field-name = name
field-description = description
field-price = price
field-code = code
field-weight = weight
field-unit = unit
field-kind = kind
field-sort_order = order in iiko
field-open_price = price typed at the till
field-on_sale = on sale
field-options = options
field-iiko_path = folder in iiko
options-sizes = { $n ->
    [one] { $n } size
   *[other] { $n } sizes
}
options-groups = { $n ->
    [one] { $n } modifier group
   *[other] { $n } modifier groups
}
options-modifiers = { $n ->
    [one] { $n } modifier
   *[other] { $n } modifiers
}
options-none = no sizes or modifiers
held-waits = Waits for your decision
held-title = Too much would change at once
held-title-look = Please look before it is applied
held-nothing-touched = We touched nothing: guests see the old menu. Below is what changes if you apply it. If it is a mistake in iiko, leave it as it is, mend the export and sync again.
held-apply = Apply anyway
held-empty = iiko sent an empty menu, and you have { $of ->
    [one] { $of } product
   *[other] { $of } products
}. It looks as if the export was cleared.
held-many-vanished = { $n ->
    [one] { $n } product
   *[other] { $n } products
} of { $of } would vanish — more than 30 %.
held-many-repriced = { $n ->
    [one] { $n } product
   *[other] { $n } products
} of { $of } would change price — more than half.
held-revision-back = iiko sent an older menu than last time (revision { $now } instead of { $was }).
held-changed-meanwhile = While you were deciding, the menu in iiko changed again: look at the new difference.

## Syncs: why
why-copied = A new product in the export. The first sync repeats iiko's folders: { $note }.
why-flattened = A new product in the export. In iiko it lies deeper than section and category ({ $note }), so it rose to the category of the second level.
why-top_group = A new product in the export. In iiko it lies directly in a top folder ({ $note }), so it stands in the section without a category.
why-no_group = A new product in the export. It has no folder in iiko, so it is in the section “Без папки в iiko” (no folder).
why-unknown_group = A new product in the export. Its folder is not exported from iiko, so it is in the section “Без папки в iiko” (no folder).
why-deleted_group = A new product in the export. Its folder is deleted in iiko, so it is in the section “Без папки в iiko” (no folder).
why-looped_group = A new product in the export. Folders in iiko are nested in a circle, so it is in the section “Без папки в iiko” (no folder).
why-detached_group = A new product in the export. The folder above “{ $note }” is not exported from iiko, so this folder became a section.
why-new_after_first = A new product in the export, folder in iiko: { $note }. Folders are copied only the first time, so the product waits for a place in a section of its own.
why-new_after_first-none = A new product in the export, without a folder in iiko. It waits for a place in a section of its own.
why-folder_copied = A folder from iiko: the first sync copies folders as they are.
why-folder_copied_hidden = A folder from iiko. It is not part of the menu in iiko, so the section is hidden from guests; you may show it.
why-section_of_day = A section for the new products of this day. Put them where they belong.
why-section_no_folder = A section for products without a sound folder in iiko.
why-changed_in_iiko = Changed in iiko. iiko runs these fields; here they are read-only.
why-moved_in_iiko_stays_here = In iiko the product was put into another folder. You choose the place in your menu, so it stayed here.
why-not_in_export = It is no longer in the menu export. Place and photos are kept: when it is exported again, it returns here.
why-deleted_in_iiko = Deleted in iiko. Place and photos are kept: when iiko restores it, it returns here.
why-no_dish_anymore = In iiko this is no longer a dish but a service or a modifier. Place and photos are kept: when it is a dish again, it returns here.
why-back_in_export = In the menu export again: back in its place, with its photos.
why-option_in_iiko = This is how it is in iiko now.
why-service = A service, not a dish: it is not shown in the menu.
why-deleted = Deleted in iiko.
why-duplicate = iiko sent this product twice: the first was taken.
why-bad_price = The price “{ $note }” cannot be turned into kopecks. The former price, if there was one, stays.
why-no_name = The product has no name (code: { $note }).
why-no_name-none = The product has neither a name nor a code.
why-unknown_type = We do not know the kind of product “{ $note }”.
why-unreadable = This record could not be read: { $note }.

## Menu
saved = Saved
add = Add
remove = Remove
move-up = Up
move-down = Down
copied = Copied
by-itself = the panel itself
from-iiko = from iiko
price-from = from
menu-products = { $n ->
    [one] { $n } product
   *[other] { $n } products
}
menu-lead = { $products } in { $n ->
    [one] { $n } section
   *[other] { $n } sections
}
menu-empty = The menu is empty
menu-empty-on = iiko is connected: press “Sync now” and the menu comes from there.
menu-empty-off = Connect iiko and the menu comes by itself, or add products by hand.
menu-search = Find a product
menu-search-hint = Name or code
menu-show = Show
menu-filter = Show
menu-filter-off = Reset
menu-show-all = All products
menu-show-no_photo = Without a photo
menu-show-hidden = In hidden sections
menu-show-vanished = Vanished from iiko
menu-show-waiting = Waiting for a place
menu-show-not_on_sale = Not on sale in iiko
menu-found = { $n ->
    [one] { $n } product found
   *[other] { $n } products found
}
menu-found-more = First { $n } products
menu-nothing-found = Nothing was found
menu-nothing-found-sub = Try a part of the name or another filter.
menu-tree = Sections and products
menu-from-iiko-fields = from iiko: name, price, description
menu-from-iiko-readonly = from iiko, read-only
menu-where-to-change = Changed in iikoOffice: Products and stock → Nomenclature → product card
menu-in-iiko = in iiko: { $path }
menu-badge-waiting = Waiting for a place
menu-badge-hidden = Hidden from guests
menu-badge-vanished = Left the export
menu-badge-own-hidden = Own, hidden while iiko is on
menu-badge-not-on-sale = Not on sale in iiko
menu-open-section = { $n ->
    [one] Show { $n } product
   *[other] Show { $n } products
}
menu-pick = Choose: { $name }
menu-pick-first = First tick the products to move.
menu-move-picked = Move the chosen to
menu-move = Move
menu-moved-nowhere = Already there: nothing has changed
menu-moved = { $n ->
    [one] { $n } product moved. Syncs will not change its place.
   *[other] { $n } products moved. Syncs will not change their place.
}
menu-choose-place = Choose a section or a category from the list.
menu-place = Section or category
menu-new-section = New section
menu-first-section = Menu
menu-guest = The guest's menu
menu-number-visible = Products visible
menu-number-bare = Without a photo
menu-number-waiting = Waiting for a place
menu-number-hidden = In hidden sections
menu-number-vanished = Vanished from iiko
menu-locked-title = What changes in iiko
menu-locked = Name, price and description with a lock come from iiko. The description for guests:
menu-locked-path = Data exchange → Menu export → product → SEO → “Description for customers”
menu-ours = Here you change photos, place, order and what is visible: syncs do not touch them.
menu-copy-path = Copy the path
menu-back = To the menu
menu-section = Section
menu-section-name = Section name
menu-section-made = The section is made.
menu-section-shown = Guests see the section “{ $name }” again.
menu-section-hidden = The section “{ $name }” is hidden from guests.
menu-section-removed = The section “{ $name }” is removed.
menu-section-not-empty = The section is not empty: move its products and categories first
menu-category-not-empty = The category is not empty: move its products first
menu-show-section = Show to guests
menu-hide-section = Hide from guests
menu-edit-section = Edit the section
menu-remove-section = Remove the section
menu-remove-hint = Only an empty section can be removed: no products, no categories, nothing that vanished from iiko.
menu-categories = Categories
menu-no-categories = Products of this section stand without categories.
menu-new-category = New category
menu-category-name = Category name
menu-category-made = The category “{ $name }” is made.
menu-category-to = Move to the section
menu-name-empty = Write a name.
menu-name-long = Too long: at most { $n } characters.
menu-vanished-has-no-order = The product left the export: it needs no order
menu-own-new = Add a product
menu-own-edit = Edit the product
menu-own-name = Name
menu-own-price = Price, ₽
menu-own-price-hint = For example 420 or 1 234,50
menu-own-description = Description
menu-own-made = The product is added. Now add a photo.
menu-own-remove = Remove the product
menu-own-removed = The product “{ $name }” is removed.
menu-own-with-iiko = With iiko connected, products come from it alone
menu-from-iiko = iiko runs this product: it cannot be changed or removed here
menu-price-not-a-price = This is not a price: write roubles and kopecks in digits, for example 420 or 1 234,50.
menu-description-long = The description is too long: at most { $n } characters.
placed-copied = It stands where its folder in iiko was at the first sync.
placed-flattened = deeper in iiko: raised to the category
placed-top_group = In iiko it lies directly in a top folder, hence no category.
placed-no_group = no folder in iiko
placed-unknown_group = its folder is not exported from iiko
placed-deleted_group = its folder is deleted in iiko
placed-looped_group = folders in iiko are nested in a circle
placed-detached_group = the folder above is not exported from iiko
placed-new_after_first = new, waits for a place
placed-manager = You chose the place: syncs do not change it.
placed-own = The venue's own product.
product-facts = Product
product-price = Price
product-open-price = typed at the till
product-description = Description
product-code = Code
product-path = Folder in iiko
product-weight = Weight in iiko
product-weight-hint = as written there, in whatever unit
product-updated = Changed
product-where = Changed in iiko: price and name — Products and stock → Nomenclature; the description for guests — Menu export → product → SEO.
product-sizes = Sizes
product-modifiers = Modifiers
product-single-modifiers = Single modifiers
product-photos = Photos
product-photos-sub = yours: syncs do not touch them
product-place = Place in the menu
product-history = History
product-no-history = Nobody has changed it here yet.
option-not-exported = not exported from iiko
option-required = required
option-optional = optional
option-up-to = up to { $n }
photo-none = No photo
photo-of = Photo: { $name }
photo-add = Add photos
photo-upload = Upload
photo-hint = JPEG, PNG or WebP, up to 5 MB. The first photo is seen in lists.
photo-make-first = Make it first
photo-choose = Choose a file with a photo.
photo-not-a-kind = File No. { $n } is not a photo: JPEG, PNG or WebP is needed.
photo-too-large = File No. { $n } is too large: up to 5 MB and 6000 × 6000 pixels.
photo-broken = File No. { $n } is damaged: open it on your side and save it anew.
photo-too-many = No room for more photos: up to 10 a product, 2000 a venue
photo-added = { $n ->
    [one] { $n } photo added.
   *[other] { $n } photos added.
}
deed-product-created = Created
deed-product-changed = Changed
deed-product-moved = Moved
deed-product-ordered = Order changed
deed-product-removed = Removed
deed-product-photo_added = Photo added
deed-product-photo_removed = Photo removed
deed-product-photo_first = First photo changed

# Seating and payment methods in a sync
part-seating = Seating
part-payments = Payment methods
sync-missed-seating = Seating was not updated: it stays as it was
sync-missed-payments = Payment methods were not updated: they stay as they were
sync-unchanged-part-title = Everything is already as it is in iiko
sync-cancelled-part-sub = The sync was stopped. Everything stays as it was.
sync-nothing-touched-part = Nothing was touched: what came last time is still there.
sync-tally-seating = Seating
sync-tally-seating-sub = halls and tables
sync-tally-payments = Payment methods
sync-tally-payments-sub = iiko’s payment types
sync-short-seating = seating
sync-short-payments = payment methods
thing-hall = hall
thing-table = table
thing-payment_method = payment method
field-floor = tables on the plan
field-hall = hall
field-number = number
field-seats = seats
field-payment_code = code
field-payment_kind = kind
field-processing = processing
field-prints = prints a receipt
field-deleted = deleted
field-terminal_groups = terminals
held-tables-vanished = { $n ->
    [one] { $n } table
   *[other] { $n } tables
} of { $of } would disappear. This happens when reserves are switched off in iiko or the key loses a right.
why-hall_in_iiko = A hall from iiko. If it is not for guests (takeaway, staff), it can be hidden.
why-table_in_iiko = A table from iiko.
why-table_moved_in_iiko = The table was moved to another hall in iiko. Numbers and halls are iiko's, so it moved here too.
why-not_in_sections = iiko no longer sends this place: it was deleted, or reserves were switched off for it. Hidden, not deleted: if it comes back, it takes its place again.
why-back_in_sections = It is in iiko again and came back with its name.
why-table_unreadable = This entry of iiko has no id, so it was not taken.
why-table_deleted_in_iiko = Deleted in iiko. Hidden here, not deleted: if it is restored in iiko, it comes back.
why-payment_in_iiko = A payment type from iiko.
why-not_in_payment_types = iiko no longer sends this payment type.
why-back_in_payment_types = iiko sends this payment type again.

## Seating
nav-seating = Seating
nav-payments = Payment methods
copy = Copy
cancel = Cancel
part-from-iiko = from iiko
part-missed = iiko did not send them last time
part-missed-sub = What came before is shown. The reason and what to do are
part-missed-open = in that sync
seating-all = All
seating-halls-label = Halls
seating-tables = { $n ->
    [one] { $n } table
   *[other] { $n } tables
}
seating-halls = { $n ->
    [one] { $n } hall
   *[other] { $n } halls
}
seating-seats = { $n ->
    [one] { $n } seat
   *[other] { $n } seats
}
seating-table-n = Table { $n }
seating-list = Tables
seating-plan-of = Plan: { $name }
seating-plan-scroll = The plan “{ $name }” can be scrolled
seating-grid = This hall is not drawn in iikoOffice: tables stand by their numbers.
seating-no-tables = There are no tables in this hall.
seating-gone = not in iiko
seating-hidden = hidden from guests
seating-none = No seating yet
seating-none-off = Halls and tables come from iiko. Connect it, and they appear here.
seating-none-yet = Press “Sync now”: halls and tables come from iiko.
seating-none-in-iiko = iiko sent no halls
seating-none-in-iiko-sub = This happens when reserves are switched off for the halls. Ask your integrator to switch them on in iikoOffice for the halls of your terminal group, then sync again.
seating-seems-no-hall = This does not look like a hall for guests.
seating-hide-hall = Hide the hall
seating-hide-hall-named = Hide the hall “{ $name }”
seating-show-hall = Show the hall to guests
seating-hide-hall-hint = Guests will not see its tables. Syncs leave this as it is.
seating-hall-shown-said = Guests see the hall “{ $name }” again
seating-hall-hidden-said = The hall “{ $name }” is hidden from guests
seating-facts = In iiko
seating-here = Here
seating-number = Number
seating-hall = Hall
seating-name-in-iiko = Name in iiko
seating-capacity = Capacity
seating-no-capacity = not given
seating-where = Number, hall and capacity are changed in iikoOffice; a sync brings them here.
seating-own-name = Name for guests
seating-own-name-hint = For example, “By the window”. Empty: the name from iiko or the number is shown.
seating-hall-name-hint = Empty: the name from iiko is shown.
seating-named-meanwhile = While you were editing, the name was changed to “{ $name }”. Save once more to keep yours.
seating-show = Show to guests
seating-hide = Hide from guests
seating-shown-said = Guests see the table again
seating-hidden-said = The table is hidden from guests
seating-hidden-with-hall = Hidden together with its hall.
seating-gone-sub = iiko no longer sends this place. It is hidden, not deleted: if it comes back in iiko, it comes back here, with your name for it.
seating-open-plan = Open the plan

## Payment methods
pay-none = No payment methods yet
pay-none-yet = Press “Sync now”: payment types come from iiko, and we check the one that payments at the table go by.
pay-none-off = Payment types come from iiko. Connect it, and we check the one that payments at the table go by.
pay-good = { $code } is set up right
pay-good-sub = It is a bank card, iiko takes it from outside, and your terminal is on the list. Payments at the table can be posted.
pay-bad = { $code }: payments at the table cannot be posted
pay-missing = There is no payment type with the code { $code } in iiko.
pay-missing-todo = Create it: bank card, the code { $code } exactly so, processing “external only” or “both external and at the restaurant”.
pay-deleted = The payment type { $code } is deleted in iiko.
pay-deleted-todo = Restore it, or create a new one with the same code.
pay-not-a-card = Its kind is “{ $kind }”, and a bank card is needed.
pay-not-a-card-todo = Create a payment type of the kind “bank card” with this code, and give the old one another code.
pay-not-external = iiko does not take this payment type from outside.
pay-not-external-todo = Set its processing to “external only” or “both external and at the restaurant”.
pay-not-at-till = Your terminal group is not among those that take it.
pay-not-at-till-todo = Add it to this payment type.
pay-several = { $n ->
    [one] There is one payment type with the code { $code }.
   *[other] { $n } payment types have the code { $code }.
}
pay-several-todo = Leave the code to one of them.
pay-alikes = There are similar ones — the code may be mistyped:
pay-alike = “{ $code }” ({ $name }): { $because }
pay-alike-case = small letters instead of capitals
pay-alike-space = a space or an invisible mark too many
pay-alike-letters = Cyrillic letters instead of Latin ones
pay-alike-slip = one letter is off
pay-where = iikoOffice → Retail sales → Payment types. Then press “Sync now”, and we check again.
pay-letter-title = Instructions for the integrator
pay-letter = Venue “{ $venue }”. For the panel to post payments at the table, iikoOffice → Retail sales → Payment types needs a payment type with the code { $code }. Now:
pay-name = Name
pay-code = Code
pay-kind = Kind
pay-processing = Processing
pay-terminals = Terminals
pay-ours = payment at the table
pay-row-deleted = deleted in iiko
pay-row-gone = no longer comes from iiko
pay-code-title = Code of the payment type
pay-code-hint = Usually EVVAP. Change it only if iiko has another code for payments at the table.
pay-code-empty = Enter the code
pay-code-long = Too long: at most { $n } characters.
pay-code-meanwhile = While you were editing, the code was changed to “{ $code }”. Save once more to keep yours.
pay-code-now = Code of payments at the table:
pay-Cash = cash
pay-Card = bank card
pay-Credit = credit
pay-Writeoff = write-off
pay-Voucher = voucher
pay-IikoCard = iikoCard
pay-Unknown = unknown
pay-External = external only
pay-Internal = at the restaurant only
pay-Both = both external and at the restaurant
held-nothing-touched-part = We touched nothing: everything stays as it was. Below is what changes if applied. If this is a mistake in iiko, keep it as it is, mend it there and sync again.
pay-spelled = Cyrillic letters of a code stand in brackets, a space is shown as ␣.

## Contracts
nav-contracts = Contracts
find = Find
contract-lead = Who the guests’ money goes to. A product without a contract of its own follows the primary one.
contract-none = No contracts yet
contract-none-sub = A contract is a legal entity that receives the guests’ money. Make the first one: it becomes the primary one as soon as it is signed.
contract-new = New contract
contract-no-primary = No contract is signed
contract-no-primary-sub = Until then the guests’ money has nowhere to go. Open a contract and mark it as signed.
contract-entity = Legal entity
contract-entity-hint = For example, ООО «Рябина Групп» or ИП Рябинин С. А.
contract-inn = INN
contract-inn-hint = 10 digits of an organization, 12 of a sole proprietor
contract-kpp = KPP
contract-kpp-hint = 9 characters; a sole proprietor has none
contract-bik = BIK
contract-bik-hint = 9 digits of the bank
contract-account = Settlement account
contract-account-hint = 20 digits; checked together with the BIK
contract-number = Contract number
contract-state = State
contract-products-count = Products
contract-is-primary = Primary?
contract-primary = Primary
contract-make-primary = Make primary
contract-make-primary-named = Make primary: { $name }
contract-and-following = { $n ->
    [one] and { $n } without a contract of its own
   *[other] and { $n } without contracts of their own
}
contract-draft = Draft
contract-signed = Signed
contract-ended = Ended
contract-from = from { $day }
contract-to = to { $day }
contract-requisites = Requisites
contract-own-products = Own products
contract-own-none = The contract has no products of its own.
contract-following = { $n ->
    [one] { $n } more product has no signed contract of its own: its money comes here too.
   *[other] { $n } more products have no signed contracts of their own: their money comes here too.
}
contract-release = Take away the ticked
contract-give = Give products to this contract
contract-whole-section = A whole section
contract-assign = Give
contract-find = Product by name
contract-of-another = now in another contract
contract-released-said = { $n ->
    [one] { $n } product follows the primary contract now
   *[other] { $n } products follow the primary contract now
}
contract-assigned-said = { $n ->
    [one] { $n } product is given to this contract
   *[other] { $n } products are given to this contract
}
contract-draft-sub = No money goes by a draft. When both sides have signed the contract, mark it here.
contract-signed-sub = Money for its products goes to these requisites. They change no more: others need a new contract.
contract-ended-sub = The contract has ended. Money for its products goes by the primary one.
contract-signed-on = Signed as of
contract-ended-on = Ended as of
contract-sign = Mark as signed
contract-end = End the contract
contract-end-hint = { $n ->
    [one] Money for its { $n } product will go by the primary contract.
   *[other] Money for its { $n } products will go by the primary contract.
}
contract-remove = Delete the draft
contract-file = Scan of the contract
contract-file-none = No scan yet.
contract-file-give = PDF, JPEG or PNG
contract-file-hint = Up to 5 MB. A new scan replaces the one before.
contract-file-download = Download the scan
contract-file-choose = Choose a file
contract-file-large = The file is larger than 5 MB: make it smaller and upload it again.
contract-file-kind = This is not a PDF, JPEG or PNG.
contract-file-said = The scan is kept
contract-made = A draft contract is made
contract-signed-said = The contract is signed
contract-ended-said = The contract has ended
contract-removed-said = The draft is deleted
contract-primary-said = The primary contract is switched
contract-not-a-draft = This contract is no draft any more
contract-not-signed = This contract is not signed
contract-is-ended = This contract has ended and cannot be changed
contract-is-signed = A signed contract is not rewritten: if the requisites are different, make a new contract and end this one
A signed contract is not rewritten: if the requisites are different, make a new contract and end this one
contract-primary-ends-last = This is the primary contract: make another one primary first
contract-entity-empty = Enter the legal entity
contract-number-empty = Enter the contract number
contract-inn-missing = Enter the INN
contract-inn-length = An INN has 10 or 12 digits
contract-inn-check = The INN does not agree with its check digit: look for a slip
contract-inn-person = Check the INN
contract-kpp-missing = Enter the KPP: an organization has one
contract-kpp-length = A KPP has 9 characters: digits, the fifth and sixth may be Latin letters
contract-kpp-check = Check the KPP
contract-kpp-person = A sole proprietor (an INN of 12 digits) has no KPP: leave the field empty
contract-bik-missing = Enter the BIK
contract-bik-length = A BIK has 9 digits
contract-bik-check = The BIK of a Russian bank begins with 04
contract-bik-person = Check the BIK
contract-account-missing = Enter the settlement account
contract-account-length = An account has 20 digits
contract-account-check = The account does not agree with the BIK: look for a slip in either
contract-account-person = Check the account
contract-meanwhile = While you were editing, “{ $value }” was saved here. Save once more to keep yours.
contract-meanwhile-same = While you were editing, the contract was changed. Check it and save once more.
contract-day-unreadable = Enter a date
contract-day-future = This day has not come yet
contract-ends-before-signed = A contract cannot end before it is signed
contract-switch-what = What changes
contract-primary-now = Primary now
contract-primary-then = Becomes primary
contract-switch-products = { $n ->
    [0] All products have contracts of their own: none changes its payee.
    [one] Money for { $n } product without a contract of its own goes to the new payee.
   *[other] Money for { $n } products without contracts of their own goes to the new payee.
}
contract-switch-own = Products given to contracts of their own stay with them.
contract-is-primary-already = This contract is the primary one already.
contract-switched-meanwhile = The primary contract was switched just now
contract-switched-meanwhile-sub = We changed nothing. Look at what changes now, and decide again.
payee-title = Who gets the money
payee-lead = Put any order together and see who gets each rouble, and why.
payee-basket = Order
payee-empty = Add products below.
payee-product = Product
payee-pieces = Pieces
payee-pieces-of = Pieces: { $name }
payee-sum = Sum
payee-paid = To pay
payee-who = Payee
payee-discount = Discount on the order, ₽
payee-charge = Service charge, ₽
payee-count = Count
payee-totals = Totals by contract
payee-total = Total
payee-add = Add a product
payee-add-named = Add: { $name }
payee-not-an-amount = An amount like 150 or 99.50
payee-own = by the product’s own contract
payee-primary = no contract of its own — by the primary one
payee-own-not-signed = the product’s contract is not signed or has ended — by the primary one
payee-nowhere = nowhere
payee-nowhere-why = no contract is signed
contract-pick-first = Tick products first
contract-of-this = already in this contract

## Staff
nav-staff = Staff
part-staff = Staff
sync-missed-staff = Staff was not updated: it stays as it was
sync-tally-staff = Staff
sync-tally-staff-sub = who iiko tells of
sync-short-staff = staff
thing-person = employee
field-dismissed = dismissed
field-phone = phone or code
why-person_in_iiko = iiko tells of this person. You take them into the staff: “Staff” → “Add from iiko”.
why-not_among_couriers = iiko no longer tells of this person: the right D_DC0 or the PIN was taken away, or they were deleted.
why-back_among_couriers = iiko tells of this person again.
staff-name = Name
staff-role = Role
staff-any-role = Any role
staff-role-waiter = waiter
staff-role-courier = courier
staff-role-administrator = administrator
staff-role-other = other
staff-role-unknown = Choose a role
staff-phone = Phone
staff-phone-of = Phone: { $name }
staff-phone-hint = For example, +7 916 123-45-67
staff-phone-empty = Enter a phone
staff-phone-wrong = This does not look like a phone. It has 10 digits after +7, or is a number of another country with a plus
staff-phone-taken = This phone belongs to an employee already: { $name }
staff-phone-from-iiko = from iiko
staff-telegram-hint = The number that @getmyid_bot shows. May be left empty.
staff-telegram-wrong = A Telegram ID is a number, for example 123456789
staff-state = State
staff-active = at work
staff-suspended = suspended
staff-dismissed = dismissed in iiko
staff-unseen = not seen in iiko
staff-show = Show
staff-show-all = Everybody
staff-show-active = at work
staff-show-suspended = suspended
staff-show-dismissed = dismissed in iiko
staff-find = Name or phone
staff-new = New employee
staff-from-iiko = Staff from iiko
staff-take-n = { $n ->
    [one] Add from iiko: { $n }
   *[other] Add from iiko: { $n }
}
staff-take-lead = Tick who to add, and check the phones.
staff-take-title = Who iiko tells of
staff-take-none = Everybody iiko tells of is added already.
staff-add = Add employees
staff-tick-first = Tick employees first
staff-taken-said = { $n ->
    [one] { $n } employee is added
   *[other] { $n } employees are added
}
staff-taken-meanwhile = Somebody else has just added this employee or this phone
staff-none = No employees yet
staff-none-off = Connect iiko to take employees from there, or add your own.
staff-none-yet = Press “Sync now”: the employees iiko tells of come here.
staff-none-candidates = iiko has told of employees: choose who to add.
staff-none-in-iiko = iiko told of no employee.
staff-who-appears = iiko tells only of those who have both the right «D_DC0 Быть курьером для доставки» and a PIN. Somebody is missing: ask for both in iikoOffice → Employees, then sync again.
staff-facts = Details
staff-work = Work
staff-is-from-iiko = Taken from iiko.
staff-is-own = Added here, not in iiko.
staff-elsewhere = Also works in:
staff-suspend = Suspend
staff-take-back = Take back to work
staff-suspended-said = { $name }: suspended
staff-back-said = { $name }: at work again
staff-dismissed-title = Dismissed in iiko
staff-dismissed-sub = Here they still work. Suspend them if this is right.
staff-unseen-title = iiko no longer tells of this employee
staff-made = The employee is added
staff-name-empty = Enter a name
staff-meanwhile-same = While you were editing, the details were changed. Check them and save once more.
staff-notices = What to tell of
staff-notices-hint = The choice is kept; messages begin when orders do.
notice-receipt = A payment receipt was made
notice-refund = A refund receipt was made
notice-new_delivery = New delivery order
notice-new_table_order = New order at a table
notice-paid = An order is paid
notice-table_taken = Another employee took your table
notice-added_to_venue = You were added to another venue
notice-registered = Registered with B2P
notice-called = A guest calls the waiter
notice-review = A new review of you
notice-tips = Tips were credited

## Readiness for paying at the table
nav-readiness = Readiness
readiness-title = Readiness for paying at the table
ready-lead = We check with iiko and here everything a guest needs to pay at the table.
ready-count = { $good } of { $all } ready
ready-checked = checked
ready-check = Check
ready-again = Check again
ready-never = Not checked yet
ready-never-sub = Press “Check”: we ask iiko about the key, rights, till and payment type, and look at what is set up here.
ready-all = Everything is ready
ready-all-sub = Key, rights, till, payment type, tables, staff and contract are in place.
ready-probes = Checks
ready-open = Open the page
ready-word-good = ready
ready-word-bad = not ready
ready-word-partly = partly
ready-word-unknown = cannot be checked
ready-unknown = It could not be checked: what stands above is needed first.
ready-key = iiko key
ready-key-good = The key •••{ $note } is accepted.
ready-key-bad = There is no key.
ready-key-todo = Paste the API key in “Settings” → “Integrations”.
ready-organization = Organization in iiko
ready-organization-good = { $note }
ready-organization-bad = The key does not see the chosen organization.
ready-organization-todo = Choose the organization again, or add the point to the key in iikoWeb → «API интеграции».
ready-terminal = Terminal
ready-terminal-good = “{ $note }” is awake and connected.
ready-terminal-bad = The terminal “{ $note }” is asleep or not connected.
ready-terminal-todo = Switch on iikoFront at the till and check its internet; wake a sleeping terminal on the integration’s page.
ready-terminal-bad-none = No terminal is chosen, or iiko no longer has it.
ready-terminal-todo-none = Choose the terminal again in Settings → Integrations.
ready-version = iikoFront version
ready-version-good = { $note }: payments at the table can be posted.
ready-version-partly = { $note }: waiters’ orders are seen, but a payment cannot be posted — 7.7.4 or newer is needed.
ready-version-bad = { $note }: waiters’ orders are not seen — 7.7.1 or newer is needed, and 7.7.4 for payments.
ready-version-todo = Ask for an upgrade of iikoFront.
ready-menu_right = Right to the menu
ready-menu_right-good = The key reads the menu.
ready-seating_right = Right to tables
ready-seating_right-good = { $note } — so many tables iiko gives.
ready-seating_right-bad = iiko gives no table.
ready-seating_right-todo = Switch on reserves in iikoOffice for the halls of your terminal group.
ready-payments_right = Right to payment types
ready-payments_right-good = The key reads payment types.
ready-staff_right = Right to staff
ready-staff_right-good = The key reads staff.
ready-payment_type = Payment type
ready-payment_type-good = { $note } is set up right.
ready-payment_type-bad = { $note } is missing or set up wrong.
ready-payment_type-todo = iikoOffice → Retail sales → Payment types.
ready-tables = Tables for guests
ready-tables-good = Tables that guests see: { $note }.
ready-tables-bad = Guests see no table.
ready-tables-todo = Sync seating and show guests at least one hall.
ready-staff = Staff with phones
ready-staff-good = At work: { $note }.
ready-staff-partly = Dismissed in iiko but at work here: { $note }.
ready-staff-bad = Nobody is at work.
ready-staff-todo = Add staff from iiko or your own; suspend who was dismissed.
ready-contract = Contract
ready-contract-good = Every product has a payee.
ready-contract-bad = No contract is signed: money has nowhere to go. Products without a payee: { $note }.
ready-contract-todo = Make a contract and mark it as signed.
ready-letter = Venue “{ $venue }”. For guests to pay at the table, this is needed:
ready-capabilities = What iikoFront { $version } can do
ready-function = Function
ready-from-version = From version
ready-here = Here
ready-works = works
ready-needs-upgrade = after an upgrade
can-tables = Halls and tables
can-table_orders = Table orders: read, create, close
can-waiters_orders = Orders opened by a waiter
can-change_payments = Changing payments of an order
can-tips = Tips
can-add_payments = Adding a payment to an order
can-stop_lists = Editing stop lists
can-cancel_table_orders = Cancelling a table order
seating-waiter = Responsible waiter
seating-nobody = Nobody
seating-waiter-suspended = { $name }: suspended, nobody answers for the table.
seating-waiter-meanwhile = While you were choosing, the table was given to another employee, or the chosen one is suspended. See whose it is now, and choose again.
seating-taken-over-said = The table is handed over, who had it before is kept

## QR codes of tables
codes-title = QR codes
codes-lead = Each table has its own code. It leads to the same table even when the table is renamed.
codes-address = Address of the guest’s menu
codes-address-hint = For example, https://menu.example.com. The code leads to this address, then comes the table’s mark.
codes-address-wrong = An address like https://menu.example.com is needed, without ? and #
codes-address-first = First enter the address of the guest’s menu: codes lead to it.
codes-address-changes = Codes printed with the old address will have to be printed again.
codes-state = Printed code
codes-never = not printed
codes-fits = right
codes-stale = stale
codes-gone = take it away
codes-was = printed as “{ $label }”
codes-make = Prepare the sheet
codes-all = All tables
codes-only-needed = Only new and stale ones
codes-what = What to print
codes-sheet = Sheet of QR codes
codes-sheet-hint = Print the page (Ctrl+P), put the codes on their tables, and mark it.
codes-printed = Mark as printed
codes-printed-said = { $n ->
    [one] { $n } code is marked as printed
   *[other] { $n } codes are marked as printed
}
codes-scan = Point the camera to open the menu
codes-none = Nothing to print: all codes are right.
codes-of = Code: { $label }
codes-no-tables = Guests see no table yet.

## Overview
nav-overview = Overview
overview-quiet = Nothing waits for your attention.
overview-waiting = { $n ->
    [one] { $n } line waits for your attention.
   *[other] { $n } lines wait for your attention.
}
overview-payments-person = { $n ->
    [one] { $n } payment waits for your decision
   *[other] { $n } payments wait for your decision
}
overview-payments-waiting = { $n ->
    [one] { $n } payment is on its way to the till
   *[other] { $n } payments are on their way to the till
}
overview-payments-done = All payments are in the till
overview-menu = Menu and sync
overview-guests-see = Guests see:

## Dictionaries
part-dictionaries = Dictionaries
sync-missed-dictionaries = Dictionaries were not updated: they stay as they were
sync-tally-dictionaries = Dictionaries
sync-tally-dictionaries-sub = order types, discounts, causes of cancellation
sync-short-dictionaries = dictionary entries
thing-order_type = order type
thing-discount = discount
thing-cancel_cause = cause of cancellation
field-note = value
why-entry_in_iiko = An entry of iiko’s dictionary.
why-not_in_dictionaries = iiko no longer sends this entry.
why-back_in_dictionaries = iiko sends this entry again.
dictionaries-title = Dictionaries
dictionaries-never = Press “Sync now”: the dictionary comes from iiko.
dictionaries-empty = It is empty in iiko.
dictionary-order_type = Order types
service-Common = at the table
service-DeliveryByCourier = delivery by courier
service-DeliveryPickUp = pickup
dictionary-discount = Discounts and surcharges
dictionary-cancel_cause = Causes of cancellation
iiko-sync-alone = One part alone:
iiko-fault-tables_vanished = Too many tables would disappear at once
iiko-fault-tables_vanished-todo = This happens when reserves are switched off in iiko. Switch them on, or sync seating alone: it shows what would disappear and lets you decide.

## Orders
nav-orders = Orders
orders-look = Refresh
orders-look-asked = Asking iiko: what is new appears in a few seconds
orders-looked = iiko’s data
orders-not-fresh = This is what was seen before.
orders-unread = { $n ->
    [one] { $n } order of iiko could not be read
   *[other] { $n } orders of iiko could not be read
}
orders-unread-sub = The others are shown. Write to support: iiko’s answer is in the exchange journal.
orders-tabs = Kind of order
orders-tab-all = All
orders-tab-table = At the table
orders-tab-courier = Delivery
orders-tab-pickup = Pickup
orders-tab-trouble = Need attention
orders-find = Find an order
orders-find-hint = Number or phone
orders-status = Status
orders-status-any = Any status
orders-payment = Payment
orders-payment-any = Any payment
orders-from = From the day
orders-to = To the day
orders-more = More
orders-least = Sum from
orders-most = to
orders-clear = Clear
orders-wrong-from = “From the day”: a date is needed, for example 2026-11-23
orders-wrong-to = “To the day”: a date is needed, for example 2026-11-23
orders-wrong-least = “Sum from”: a number is needed, for example 500
orders-wrong-most = Sum “to”: a number is needed, for example 5 000
orders-csv-opened = Opened
orders-csv-where = Where
orders-csv-waiter = Waiter
orders-csv-guest = Guest
orders-csv-phone = Phone
orders-csv-status = Status
orders-csv-sum = Sum
orders-csv-paid = Paid
orders-export = Export
orders-none = No orders yet
orders-none-sub = Open an order at the till: it appears here in a couple of minutes. “Refresh” is quicker.
orders-none-off = Orders come from iiko. Connect it, and they appear here.
orders-opened = Time
orders-where = Where
orders-who = Who
orders-sum = Sum
order-status-new = New
order-status-confirmed = Confirmed
order-status-cooking = Cooking
order-status-cooked = Ready
order-status-bill = Bill on the table
order-status-sent = On the way
order-status-done = Done
order-status-cancelled = Cancelled
order-payment-paid = Paid
order-payment-part = Partly
order-payment-unpaid = Not paid
order-kind-courier = Delivery by courier
order-kind-pickup = Pickup
order-table-unknown = No table given
order-without-number = no number
order-making = Going to the till
order-titled = Order № { $number }
order-trouble-creation_error = The till did not take the order
order-trouble-creation_error-todo = The reason is in the till’s words above. If it is not clear, write to support.
order-trouble-doubted = The till has not confirmed the order
order-trouble-doubted-todo = We sent it several times, and the till said neither yes nor no. Look at the till: if the order is not there, enter it by hand.
order-trouble-unexported = The order holds a product that is not in the menu export
order-trouble-unexported-todo = iikoOffice → Data exchange → Menu export: add the product and press “Export”. Then sync the menu.
order-bill = Bill
order-no-lines = No lines yet.
order-line-removed = taken off the order
order-line-unexported = not in the menu export
order-line-Added = added
order-line-PrintedNotCooking = sent to the kitchen
order-line-CookingStarted = cooking
order-line-CookingCompleted = cooked
order-line-Served = served
order-to-pay = To pay
order-paid-preliminary = not processed by the till yet
order-rest = Left to pay
order-facts = Details
order-waiter = Waiter
order-courier = Courier
order-guest = Guest
order-opened = Opened
order-due = Due
order-closed = Closed
order-comment = Comment
order-cause = Reason
order-iiko-status = Status in iiko
order-iiko-id = iiko’s id
order-history = History
order-event-paid = The till processed a payment
order-event-sum = The sum has changed
order-source-webhook = iiko told us
order-source-sweep = seen when we asked iiko
order-source-us = came from the guest’s app
order-raw = iiko’s data as it is

## API
api-token_missing = The header Authorization: Bearer with an API key is needed.
api-token_unknown = The key does not fit: check it, or make a new one in the panel, Settings → API keys.
api-scope_missing = The key lacks the right “{ $note }”.
api-not_found = There is none: { $note }.
api-wrong_field = The field { $note } is wrong.
api-unreadable = The body cannot be read: { $note }.
api-conflict = Not possible now: { $note }.
api-sum_changed = By the menu of now the order costs { $note } kopecks: show the guest the new sum.
api-stopped = Sold out, or less is left: { $note }.
api-till_off = The venue is not connected to iiko.
api-till_silent = The till did not answer ({ $note }). Try again in a few seconds.
api-busy = It cannot be written now. Try again in a few seconds.
api-internal = Something broke on our side. Try again; if it repeats, write to support.
api-keys-title = API keys
api-keys-lead = A key gives the guest’s app and the acquirer access to this venue’s menu and tables.
api-keys-open = Open the keys
api-keys-none = No keys yet.
api-keys-owner = The owner can make and revoke keys.
api-keys-too-many = Too many keys already: revoke some of them
api-key-name = What the key is for
api-key-name-hint = For example, “Guest app”.
api-key-name-empty = Say what the key is for: it is revoked by this name later
api-key-scopes = What it may do
api-key-scope-empty = Tick at least one right
api-key-make = Make a key
api-key-made = The key is ready
api-key-made-sub = Copy it now: it is not shown anywhere again.
api-key-new = New key
api-key-revoke = Revoke
api-key-revoked = The key no longer works
api-key-used = used
api-key-unused = not used yet
api-scope-menu = read the menu
api-scope-tables = read tables and what is open on them
api-scope-orders = place orders for delivery and pickup

## Queue to the till
nav-outbox = Queue to the till
posting-lead = Guests’ money on its way to the till: each payment exactly once.
posting-none = No payments yet
posting-none-sub = When a guest pays at the table, the payment appears here and goes into the till.
posting-shelf-empty = Nothing here
posting-shelf-person = A person decides
posting-shelf-waiting = Waiting
posting-shelf-unknown = Being found out
posting-shelf-done = Done
posting-when = Paid
posting-order = Order
posting-state = How it stands
posting-of-order = Guest’s payments
posting-titled = Payment of { $sum }
posting-amount = Sum
posting-created = The guest paid
posting-next = Next look
posting-psp = The bank’s id
posting-waiting = waits for the till
posting-posting = being posted
posting-unknown = finding out whether it went through
posting-person = a person decides
posting-by_hand = settled by hand
posting-not_closed = paid, not closed
posting-closing = closing the bill
posting-closed = in the till, bill closed
posting-confirmed = in the till
posting-why-pos_too_old = iikoFront is older than 7.7.4: no payment can be posted
posting-why-pos_too_old-todo = Enter the payment at the till by hand, with the QR payment type, and press “It is on the bill”. Ask for an upgrade of iikoFront.
posting-why-version_unknown = iiko does not say which version the till is
posting-why-version_unknown-todo = Choose the terminal again in Settings → Integrations, then press “Post again”.
posting-why-payment_type = The payment type cannot take payments at the table
posting-why-payment_type-todo = Payment methods says what to mend. Then sync them and press “Post again”.
posting-why-no_right = iiko does not let our key do it
posting-why-no_right-todo = Ask the integrator to give the key the rights to pay and close orders, then press “Post again”.
posting-why-order_missing = iiko does not show this order any more
posting-why-order_missing-todo = Find the order at the till. If the payment is on it, press “It is on the bill”.
posting-why-order_not_made = iiko has not made this order yet
posting-why-order_closed = The bill is already closed at the till
posting-why-order_closed-todo = See what it was closed with. If the guest paid twice, give the money back and mark “Settled by hand”.
posting-why-order_deleted = The order was deleted at the till
posting-why-order_deleted-todo = Give the guest the money back and mark “Settled by hand”.
posting-why-not_enough_left = Less is left on the bill than the guest paid
posting-why-not_enough_left-todo = A part seems to be paid at the till already. Check the bill; give back what is too much and mark “Settled by hand”.
posting-why-needs_add_payments = A share of a bill needs iikoFront 8.2.6 or newer
posting-why-needs_add_payments-todo = Enter the payment at the till by hand, under the payment type for QR, and press “It is on the bill”.
posting-why-bill_changed = The bill changed while we were finding out
posting-why-bill_changed-todo = Look at the bill at the till: is this payment on it?
posting-why-payment_vanished = The payment was on the bill and is gone
posting-why-payment_vanished-todo = Ask at the till who took it off and why.
posting-why-unknown_payment = There are more payments of this sum on the bill than we posted
posting-why-unknown_payment-todo = A waiter may have entered it. If this payment is on the bill already, press “It is on the bill”.
posting-why-success_but_absent = iiko said “done”, but the payment is not on the bill
posting-why-success_but_absent-todo = Look at the bill at the till. If the payment is not there, press “Post again”.
posting-why-unproven = The till may have taken the payment, or may not
posting-why-unproven-todo = Look at the bill at the till: if it is there, “It is on the bill”; if not, “Post again”.
posting-why-refused_too_often = The till refuses time after time
posting-why-refused_too_often-todo = The till’s words are in the history below. When the cause is mended, press “Post again”.
posting-why-close_sum = Paid, but the till wants more: the bill is not closed
posting-why-close_sum-todo = Look at the bill: a dish or a service charge may have been added. Close it at the till.
posting-why-close_session = Paid, but the cash shift is closed: the bill is not closed
posting-why-close_session-todo = Open the shift: the bill closes by itself.
posting-why-close_refused = Paid, but the till did not close the bill
posting-why-close_refused-todo = We try again; you can close it at the till.
posting-why-behind = Waits for another payment of this bill
posting-why-terminal_away = The till is away: it is posted when the till is back
posting-why-till_silent = iiko does not answer: we ask again
posting-why-refused = The till refused for now: we try again
posting-why-settling = Sent, looking for it on the bill
posting-decide = What to do
posting-payees-sub = As it was when the payment was reported. Contracts may have changed since, this money has not.
posting-decide-sub = Look at the bill at the till and say how it is: from here on we do not guess.
posting-on-the-bill-hint = We read the bill once more and believe it only if the payment is there.
posting-again-hint = “Post again” sends the payment anew. “Settled by hand” is for money given back to the guest. Entered at the till by hand with the QR payment type, press “It is on the bill”: else it would be taken for another one of the same sum.
posting-sure = The bill was checked: this payment is not on it
posting-sure-first = First look at the bill at the till and tick the box
posting-decision-on_the_bill = It is on the bill
posting-decision-post_again = Post again
posting-decision-by_hand = Settled by hand
posting-decided-on_the_bill = The payment was found on the bill
posting-decided-post_again = Posting again
posting-decided-by_hand = Marked as settled by hand
posting-not-on-the-bill = The payment is not on the bill: look at the till once more
posting-other-under-way = Another payment of this bill is still on its way: wait until it is clear
posting-not-a-persons = There is nothing to decide any more: the payment is settled
posting-moved = Something happened to the payment while you looked: its new state is below
posting-no-look = The till does not answer: the bill could not be read
posting-told-otherwise = This payment was reported otherwise before: with another sum or for another order
posting-method-change_payments = the whole bill
posting-method-add_payments = a share of the bill
posting-event-reported = The guest paid
posting-event-waits = Waiting
posting-event-sending = Sent to the till
posting-event-accepted = iiko took the command
posting-event-ambiguous = The answer is unclear: looking for the payment on the bill
posting-event-refused = The till refused, nothing was posted
posting-event-void = It did not arrive: beginning anew
posting-event-success = The till says “done”, checking the bill
posting-event-confirmed = The payment is on the bill
posting-event-person = A person is needed
posting-event-decided = Decision
posting-event-close_asked = Asking to close the bill
posting-event-close_left = The bill is not wholly paid: it stays open
posting-event-close_failed = The bill did not close
posting-event-closed = The bill is closed
reconcile-now = Check against bills
reconcile-asked = Checking against the bills of two weeks: this usually takes less than a minute
reconcile-running = Checking against bills…
reconcile-look = See what came of it
reconcile-done = Checked against bills
reconcile-nothing = there were no payments in that time
reconcile-orders = { $n ->
    [one] { $n } bill
   *[other] { $n } bills
}
reconcile-agree = everything agrees
reconcile-apart = { $n ->
    [one] { $n } difference is to be looked into
   *[other] { $n } differences are to be looked into
}
reconcile-unread = { $n ->
    [one] iiko did not show { $n } bill
   *[other] iiko did not show { $n } bills
}
reconcile-failed = The check against bills did not work out; we will try again in an hour
differences-title = Bills that differ from our books
difference-more = The bill has more payments than we have made
difference-more-todo = A waiter may have entered one under the payment type for QR. Check the bank’s statement: if the guest paid once, cancel the other one at the till.
difference-fewer = A payment that we have made is not on the bill
difference-fewer-todo = It was removed at the till or the order was cancelled, and you have the guest’s money. Give it back or enter the payment again.
difference-numbers = { $bill } on the bill, { $books } in our books
difference-found = found
difference-settle = Looked into it
difference-settled = Noted: the difference has been looked into
difference-moved = While you were looking the difference changed or went away: below is how it is now
api-scope-payments = report guests’ payments

# Webhooks
hooks-title = Webhooks
hooks-lead = iiko itself tells of changes in orders, stop lists and the menu. Here is its form “Webhook settings” as iiko has it now.
hooks-untied = Connect iiko first
hooks-untied-sub = The address for events is written by the API key and for the venue chosen.
hooks-state-nobodys = iiko tells nobody of changes yet
hooks-todo-nobodys = Look over the ticks and press “Write to iiko”. Until then orders are seen by looking: every minute and a half.
hooks-state-ours = iiko tells us of changes
hooks-todo-ours = Nothing to do. What does not arrive, looking will find.
hooks-state-unknown = iiko has our address with a secret that is not ours
hooks-todo-unknown = We take no such events: anybody might have sent them. Press “Write to iiko” and the secret becomes ours.
hooks-state-anothers = iiko tells another system now: { $host }
hooks-todo-anothers = A key has one address. Once ours is written, that system gets no more events. For both to get them, ask your iiko integrator for a key of the panel's own.
hooks-silent = Events have stopped coming
hooks-silent-todo = Looking finds changes that iiko did not tell of. Press “Write to iiko”: if it has switched the address off, writing switches it on again. If that does not help, write to support.
hooks-drift = Somebody changed the form in iiko
hooks-drift-sub = These ticks are otherwise in iiko than we wrote them. Below is how iiko has them now.
hooks-replace-title = Replace another system's address
hooks-replace-sub = The other system will get no more events by this key.
hooks-replace = Replace it, I have told the owner of that system
hooks-replace-untold = Tick that the other address may be replaced
hooks-save = Write to iiko
hooks-saved = Written to iiko and checked: it has the same address and ticks
hooks-rotate = Change the secret
hooks-rotate-sub = If a stranger may have learned it. The old one is taken for another hour: events may be on their way.
hooks-rotated = The secret is changed, iiko has taken it
hooks-not-proven = iiko answered that it wrote this, but shows something else. Wait a minute and press again
hooks-facts = As it is now
hooks-login = Name of the API login
hooks-token = Authorization token
hooks-token-sub = there is one, not shown
hooks-set = Written by
hooks-last = Last event
hooks-last-never = none yet
hooks-told = Changes in 24 hours, by events
hooks-found = Changes in 24 hours, found by looking
hooks-found-sub = Found by looking first: the event was lost or late, or there is no tick for it.
hooks-inbox = Events that came
hooks-inbox-lead = Everything iiko sent in a week. An event is only a hint: no money moves by it, and the end of an order is read anew from iiko.
hooks-all = All
hooks-odd = Unreadable and foreign
hooks-none = No events yet
hooks-none-odd = Nothing unreadable or foreign
hooks-none-sub = Every event will be here: when it came, of which order, and what became of it.
hooks-what = Event
hooks-when = Came
hooks-order = Order
hooks-became = What became of it
hooks-replay = Apply again
hooks-replayed = Queued: it will be applied within a second
hooks-body = What iiko sent
hooks-group-delivery = Delivery
hooks-group-table = Table orders
hooks-group-reserve = Reserves and banquets
hooks-group-stops = Stop lists
hooks-group-shift = Personal shifts
hooks-group-menu = Products
hooks-list-status = Order statuses
hooks-list-item = Dish statuses
hooks-list-flag = Send
hooks-flag-updates = Updates
hooks-flag-errors = Errors
hooks-status-Unconfirmed = Not confirmed
hooks-status-WaitCooking = Waiting to go to the kitchen
hooks-status-ReadyForCooking = Time to cook
hooks-status-CookingStarted = Cooking
hooks-status-CookingCompleted = Cooked
hooks-status-Waiting = Waiting for the courier
hooks-status-OnWay = On the way
hooks-status-Delivered = Delivered
hooks-status-Closed = Closed
hooks-status-Cancelled = Cancelled
hooks-status-New = New
hooks-status-Bill = Guest's bill
hooks-status-Deleted = Deleted
hooks-item-Added = Dish added
hooks-item-PrintedNotCooking = Sent to the kitchen
hooks-item-CookingStarted = Cooking
hooks-item-CookingCompleted = Cooked
hooks-item-Served = Served
hooks-event-none = Could not be read
hooks-event-DeliveryOrderUpdate = A delivery changed
hooks-event-DeliveryOrderError = A delivery failed
hooks-event-TableOrderUpdate = A table order changed
hooks-event-TableOrderError = A table order failed
hooks-event-ReserveUpdate = A reserve changed
hooks-event-ReserveError = A reserve failed
hooks-event-StopListUpdate = The stop list changed
hooks-event-PersonalShift = A personal shift
hooks-event-NomenclatureUpdate = The products changed
hooks-became-waiting = Queued
hooks-became-applied = Applied
hooks-became-same = Known already
hooks-became-older = We knew later
hooks-became-asking = Being read anew
hooks-became-asked = Read anew from iiko
hooks-became-empty = Empty
hooks-became-foreign = Foreign organization
hooks-became-kept = Kept
hooks-became-unread = Could not be read
hooks-why-waiting = The event is kept and will be applied within a second.
hooks-why-applied = It told something new, and the panel's order is so now.
hooks-why-same = We knew exactly this: a repeat, or looking was faster.
hooks-why-older = We have a later version of the order. An older one does not change it.
hooks-why-asking = Such events are not believed by themselves: the order is being read from iiko. If iiko does not answer, we try again in half a minute.
hooks-why-asked = An order's end, a payment and odd versions are not believed by themselves. The order was read anew: what is shown is iiko's answer.
hooks-why-empty = There is no order in it: the till has not taken it yet. Another event will come.
hooks-why-foreign = The event is of another organization of iiko. It was not applied. If it is your place, check which venue is chosen in the iiko settings.
hooks-why-kept = Such events change nothing in the panel. They are kept for a week.
hooks-why-unread = We could not read it and changed nothing; looking will find the order. If there are many, show them to support.

# iiko's codes of order errors
iiko-order-Common = The till did not do it and did not say why. Try again in a minute.
iiko-order-IllegalDeliveryStatus = The delivery's status does not allow this.
iiko-order-CustomerNameNotSpecified = The order has no guest's name.
iiko-order-ProductNotFound = iiko has no such product: export the menu and sync.
iiko-order-MarketingSourceNotFound = iiko has no such marketing source.
iiko-order-PaymentTypeNotFound = iiko has no such payment type.
iiko-order-ProductSizeNotFound = The product has no such size in iiko: sync the menu.
iiko-order-ProductGroupNotFound = iiko has no such product group: sync the menu.
iiko-order-OrderNotFound = iiko did not find the order. Refresh the orders and try again.
iiko-order-ConceptionNotFound = iiko has no such concept.
iiko-order-DuplicatedOrderId = iiko already has an order of this id.
iiko-order-TerminalGroupIdNotDetermined = iiko could not tell which till the order is for.
iiko-order-TerminalGroupUnregistered = The terminal is no longer registered in iikoCloud.
iiko-order-InvalidPhone = iiko did not take the guest's phone.
iiko-order-ModifierDuplicated = A modifier stands twice.
iiko-order-ProductCanBuyFromCashdesk = This product is sold at the till only.
iiko-order-DeliveryOpinionMarkInvalid = The mark is out of range.
iiko-order-WrongDeliveryStatusForOpinion = A review is left after the delivery.
iiko-order-OpinionCommentTooLong = The review is too long.
iiko-order-SurveyItemNotFound = iiko's survey has no such question.
iiko-order-PaymentTypeCanNotBeUsedAsExternal = The payment type cannot be processed externally.
iiko-order-AddressNotFound = iiko did not find the address.
iiko-order-HomeNotFound = iiko did not find the house.
iiko-order-IikonetPaymentAdditionalDataCanNotBeParsed = iiko could not read the iikoNet payment.
iiko-order-IikonetPaymentExternalIdNotFound = The iikoNet payment has no external id.
iiko-order-IikonetPaymentSumLessThanMarketingDiscount = The iikoNet payment is below the promotion's discount.
iiko-order-DiscountCardNotFound = iiko has no such discount card.
iiko-order-DiscountCardTypeModeForbidden = This kind of discount card is not allowed here.
iiko-order-Iikocard5PaymentAdditionalDataCanNotBeParsed = iiko could not read the iikoCard payment.
iiko-order-Iikocard5PaymentExternalIdNotFound = The iikoCard payment has no external id.
iiko-order-Iikocard5PaymentSumLessThanMarketingDiscount = The iikoCard payment is below the promotion's discount.
iiko-order-Iikocard5PaymentCanNotCreateCustomData = iiko could not write the iikoCard payment.
iiko-order-CourierIdDoesNotExist = iiko has no such courier. Sync the staff and choose again.
iiko-order-CourierDoesNotOwnOrder = The order belongs to another courier.
iiko-order-WrongDeliveryStatus = The delivery's status does not allow this. Refresh the order: it may have changed at the till.
iiko-order-CanNotAssignCourierToOrder = A courier cannot be given to this order: check that it is a delivery and not a pickup.
iiko-order-UserNotFoundByExternalPassword = iiko found no employee by the password.
iiko-order-UserNotFound = iiko did not find the employee.
iiko-order-Iikocard51PaymentAdditionalDataCanNotBeParsed = iiko could not read the iikoCard payment.
iiko-order-Iikocard51PaymentCredentialNotFound = The iikoCard payment has no card or phone.
iiko-order-Iikocard51PaymentSearchScopeNotFound = The iikoCard payment does not say where to look for the guest.
iiko-order-ComboDuplicated = A combo stands twice.
iiko-order-InvalidReferenceToCombo = A dish refers to a combo that is not there.
iiko-order-InvalidComboItemsAmount = The combo has a wrong number of dishes.
iiko-order-InvalidComboItemsGuest = Dishes of one combo belong to different guests.
iiko-order-InvalidReferenceToGuest = A dish refers to a guest who is not there.
iiko-order-GuestDuplicated = A guest stands twice.
iiko-order-GuestNameNotSpecified = A guest has no name.
iiko-order-OrderTypeNotFound = iiko has no such order type.
iiko-order-OrderServiceTypeDoesNotMatchSelfServiceMode = The order type does not fit the self-service mode.
iiko-order-DeliveryDateNotSpecified = It is not said when to deliver.
iiko-order-OrderStatusChangedInIikoFront = The order was changed at the till. Refresh it and decide again.
iiko-order-PaymentAdditionalDataTooLong = The payment's data is too long.
iiko-order-PaymentSumShouldBePositive = The payment's sum must be above zero.
iiko-order-DiscountSumNotSpecified = The discount has no sum.
iiko-order-InvalidDiscountItem = The discount is of a dish that is not there.
iiko-order-RequestProductPriceIsNotEqualToFrontPrice = The till has another price. Sync the menu.
iiko-order-OrderItemsNotExists = The order has no dishes.
iiko-order-EntityAlreadyInUse = The order is open at the till just now. Try when they have closed it there.
iiko-order-DiscountItemPositionNotFound = The discount is of a line that is not there.
iiko-order-DiscountItemDuplicatePositions = The discount stands twice for a line.
iiko-order-NonUnqiueOrderItemPosition = Two lines have the same id.
iiko-order-EmptyOrderItemPosition = A line has no id.
iiko-order-IncorrectOrderType = The order type does not fit: check the order types in iikoOffice.
iiko-order-Incorrect = iiko holds the command to be wrong.
iiko-order-TerminalGroupDisabled = The terminal is switched off in iikoCloud.
iiko-order-OrganizationUnregistered = The venue is no longer registered in iikoCloud.
iiko-order-OrganizationDisabled = The venue is switched off in iikoCloud.
iiko-order-TooSmallDeliveryDate = The delivery time is too early.
iiko-order-IikoFrontTooOldVersion = iikoFront is too old for this. It needs an update.
iiko-order-DuplicatedReserveId = iiko already has a reserve of this id.
iiko-order-TipsTypeNotApplicable = Such tips do not fit this order.
iiko-order-AnonymousCustomerDisabled = iiko does not allow orders without a guest.
iiko-order-MayBeInconsistentUpdates = The order may have been changed at the till meanwhile. Refresh it and decide again.
iiko-order-InconsistentUpdates = The order was changed at the till at the same time. Refresh it and decide again.
iiko-order-Line1Disabled = An address in one line is switched off in iiko.
iiko-order-InternalServerError = iiko has an error of its own. Try again in a minute.
iiko-order-UnknownError = iiko does not know what happened. Refresh the order: it may have been done all the same.
iiko-order-other = The till said no. Its words are below.
iiko-order-PaymentSumNotEnough = Less is paid than is owed: the order cannot be closed.
iiko-order-CafeSessionNotFound = The till's cash shift is closed. Open it and try again.
iiko-order-SettingsIssue = The till's settings do not allow this.
iiko-order-ModifierUsing = A modifier cannot be used like this.

# Acts on deliveries
acts-title = Acts on the order
acts-open = Acts on the order
acts-none = Nothing can be done with the order now
acts-none-table = A table's order is kept at the till. It is seen here and changed there.
acts-none-over = The order is over.
acts-none-making = The till has not taken the order yet. Acts appear here once it has.
acts-what-confirm = Confirm
acts-what-on_way = Send with the courier
acts-what-delivered = Mark as delivered
acts-what-close = Close the order
acts-what-courier = Set the courier
acts-what-cancel = Cancel the order
acts-did-confirm = Confirmation
acts-did-on_way = Sent with the courier
acts-did-delivered = Marked as delivered
acts-did-close = Closing the order
acts-did-courier = Setting the courier
acts-did-cancel = Cancelling the order
acts-cause = Why it is cancelled
acts-cause-choose = Choose a cause
acts-cause-untold = Choose why it is cancelled
acts-cause-none = iiko has no causes, or they are not loaded yet: sync. It can be cancelled with a comment.
acts-comment = Comment
acts-comment-here = Stays in the panel: the till takes a comment from iikoFront { $version } on
acts-comment-long = A comment has at most { $n } characters
acts-comment-untold = Write why you cancel it
acts-courier = Courier
acts-courier-choose = Choose a courier
acts-courier-untold = Choose a courier
acts-courier-none = iiko gave no couriers: they need the right “D_DC0” (to be a delivery courier) and a PIN.
acts-state-asked = Waiting for the till
acts-state-sending = Being sent to the till
acts-state-sent = Sent, waiting for the till
acts-state-done = Done
acts-state-refused = The till said no
acts-state-unknown = Not known whether it was done
acts-state-sent-sub = It counts as done only when the order itself says so.
acts-state-asked-sub = The till does not answer. It is sent as soon as it does; after two minutes we say that it failed.
acts-state-unknown-sub = The till did not say whether it did it. Refresh the order and look at its status before you repeat it.
acts-refresh = Refresh
acts-who = { $name }, { $when }
acts-asked = Sent. It counts as done only when the order itself says so
acts-not-now = This cannot be done any more: the order's status has changed
acts-under-way = The act before is still on its way. Wait for it
acts-already = This act is already on its way
order-source-person = done here

# The stop list
menu-badge-stopped = Stopped
menu-badge-left = { $n } left
menu-number-stopped = Stopped at the till
menu-show-stopped = Stopped
menu-stops-old = The stop list is of { $when }: it could not be read since. { $why }
menu-stops-never = The stop list could not be read yet. { $why }

# Orders that are not seen
unseen-title = Orders that are not seen
unseen-lead = Open checks with products outside the export. A guest neither sees such a check nor can pay it.
unseen-none = There are none
unseen-none-sub = All open checks are made of exported products: guests see them and can pay.
unseen-products = Not in the export
unseen-block = Which products are missing
unseen-checks = { $n ->
    [one] in the way of { $n } check
   *[other] in the way of { $n } checks
}
unseen-todo = What to do
unseen-todo-export = iikoOffice → Data exchange → Menu export: add these products and press “Export”.
unseen-todo-sync = Press “Sync now” here. The checks are seen at the next look at the tables.
unseen-link-sub = open checks with products outside the export.

# The board of orders
board-title = Board
board-lead = What is in hand now. It refreshes by itself; a new order calls until somebody presses “Seen”.
board-sound = Sound
board-refresh = Refresh
board-delivery = Delivery and pickup
board-calling = { $n ->
    [one] { $n } new order
   *[other] { $n } new orders
}
board-calling-sub = Nobody has said that they have seen it. The venue's screens call until somebody does.
board-acknowledge = Seen
board-acknowledged = The screens are silent
board-seen = The new orders were seen by { $name }, { $when }
board-minutes = { $n } min
board-hours = { $h } h { $m } min
board-late = late
order-trouble-missed = iiko does not show this order any more
order-trouble-missed-todo = It may have been merged with another one or removed. Look at the till. If iiko shows it again, this mark goes by itself.

# Roles: who may do what
role-lead = shift lead
role-accountant = accountant
role-content = content editor
role-owner-about = May do everything. Only an owner invites people, changes roles and decides about support.
role-manager-about = Runs the venue: menu, seating, staff, contracts, the connection to iiko. Does not decide who has access.
role-lead-about = Runs the shift: orders, calls to guests, payments that need a decision. Only views settings and contracts.
role-accountant-about = Sees the money: contracts with requisites, the queue to the till, orders as a file without phones. Reconciles, signs nothing.
role-content-about = Changes the menu and photos. Only views the rest.
role-viewer-about = Only views; phones, addresses and accounts are hidden.
permission-view = View the venue
permission-view-about = every page; phones, addresses and accounts are hidden
permission-serve = Handle orders
permission-serve-about = confirm, send, close, ask the till again
permission-guests = See guests' phones and addresses
permission-guests-about = in full, and iiko's answer as it is
permission-export = Export orders as a file
permission-export-about = phones in it are whole for those who may see them
permission-queue = Reconcile payments with the till
permission-queue-about = start a reconciliation, settle a difference
permission-repost = Decide on a payment
permission-repost-about = “on the bill already” or “post once more”
permission-content = Change the menu
permission-content-about = sections, dishes of your own, photos
permission-manage = Run the venue
permission-manage-about = sync, seating, readiness, name and address
permission-staff = Look after the staff
permission-staff-about = take on, change, suspend; phones and e-mail in full
permission-money = See requisites
permission-money-about = accounts in full, contract files, who gets a payment
permission-contracts = Change contracts
permission-contracts-about = sign, end, hand out dishes, change the payment code
permission-keys = Connect iiko
permission-keys-about = key, organization, terminal, notifications
permission-access = Decide who has access
permission-access-about = people, roles, links, API keys
permission-audit = Read the log
permission-audit-about = who changed what, and when
permission-support = Decide about support
permission-support-about = see its visits, end, allow, forbid them
access-support-looks = Support views
access-support-changes = Support changes
access-yes = yes
access-proof = asks for a password or code
access-proof-sub = Where it says “asks for a password or code”, being signed in is not enough: if you signed in more than ten minutes ago, we ask you to confirm that it is you.
access-support-sub = Support enters only with a reason, and you see it. It may change things only in a second, separate step.
access-what = What
access-second = Second factor
access-second-is-on = Nobody gets into the venue without a second factor: who has none sets it up first.
access-second-is-off = For now everyone turns the second factor on for themselves, in their profile.
access-second-ask = Require of everyone
access-second-drop = No longer require
access-second-on = Nobody gets in here without a second factor now
access-second-off = The second factor is no longer required
access-second-yours = Turn on your own second factor first, in your profile
# Signing in: the proof, the second factor
prove-title = Confirm it is you
prove-lead-password = This decides a lot. Enter your password and we go on from the same place.
prove-lead-code = This decides a lot. Enter a code from your app and we go on from the same place.
prove-lost = A file cannot be kept: choose it on the page again after you confirm.
prove-button = Confirm
prove-back = Go back without changing anything
prove-wrong = That is not your password. Check the keyboard layout and try again
kept-over = The form waited for more than 10 minutes. Go back to its page and fill it in again
second-code = Code
second-code-hint = Six digits from your app, or one of your recovery codes.
second-code-wrong = That code does not fit. Each code works once: wait for the next one in your app
code-title = Second step
code-lead = The password is right. Enter a code from your app for { $email }.
code-other = Sign in as somebody else
code-lost = Lost your phone? A recovery code will do. If you have none left, write to support.
code-recovery-used = You signed in with a recovery code. Codes left: { $left }. You can make new ones in your profile
second-title = Second factor
second-lead = Besides the password we ask for a code from an app on your phone. A password alone is then no use to a stranger.
second-must = You can see the data of many venues, so the panel does not open without a second factor. It takes a minute.
second-must-stay = You cannot turn the second factor off: you can see the data of many venues.
second-app = App with codes
second-step-app = Open an app with codes (any will do: Google Authenticator, 1Password, Yandex Key) and point it at this code.
second-qr = QR code for the app
second-secret = Or type in the key
second-first-code-hint = The six digits the app shows for Maitre.
second-first-code-wrong = That code does not fit. Check that the phone's clock is right and enter a new one
second-set = Turn on
second-offer-over = This key is out of date. Open the page of the second factor again
second-anew = Another phone
second-anew-sub = The previous app and the previous recovery codes stop working, other devices have to sign in anew.
second-on = On
second-off = Off: the password is enough to sign in
second-since = turned on
second-is-off = The second factor is off already
second-remove = Turn off
second-remove-sub = The password will be enough to sign in again.
second-removed = The second factor is off
second-setup = Turn on the second factor
second-manage = Change
second-required = This venue opens only with a second factor. Turn it on, and the page you wanted opens.
recovery-title = Recovery codes
recovery-lead = You can sign in with them when your phone is not at hand. Each works once.
recovery-codes = Ten codes
recovery-copy = Copy all
recovery-once = We will not show them again. Print them or keep them where you keep passwords.
recovery-kept = Saved, go on
recovery-left = { $left } of 10 left
recovery-renew = Make new ones
profile-end-others = Close all others
profile-others-ended = { $n ->
    [0] There were no other sign-ins
    [one] Closed { $n } sign-in
   *[other] Closed { $n } sign-ins
}
access-made-password-sub = Copy the link and send it yourself: the panel sends no mail yet. It works for 30 minutes, once, and is not shown here again.

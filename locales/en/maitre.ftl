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

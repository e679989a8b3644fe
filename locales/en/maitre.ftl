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
iiko-sync-hint = The menu comes from iiko in the background. You can close the page and return.
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
trouble-for-support = For support
trouble-code = Code
trouble-said = iiko answered:
iiko-fault-unreachable = iiko cannot be reached
iiko-fault-unreachable-todo = It looks like the network or an outage at iiko. Wait a couple of minutes and try again; if it lasts, write to support.
iiko-fault-timed_out = iiko did not answer in time
iiko-fault-timed_out-todo = This happens when iiko is overloaded. Try again in a few minutes; if it repeats, write to support.
iiko-fault-bad_key = iiko did not accept the key
iiko-fault-bad_key-todo = Copy the key again in iikoWeb → “API integrations” and check that the login is active. If the key was made anew, paste the new one.
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

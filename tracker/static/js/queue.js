// Keys for the queue: j and k move, x ticks, Enter opens, a goes to the assignment, / to the search, ? shows the keys.
// They can be switched off in the help, and this browser remembers it.
const table = document.querySelector('[data-queue]')
const help = document.querySelector('[data-queue-help]')
const rows = [...table.querySelectorAll('tbody tr')]
const NAME = 'queue-keys'
let at = -1

const on = () => localStorage.getItem(NAME) !== 'off'
const toggle = help?.querySelector('[data-queue-switch]')
if (toggle) {
  help.hidden = false
  toggle.checked = on()
  toggle.addEventListener('change', () => localStorage.setItem(NAME, toggle.checked ? 'on' : 'off'))
}

function go(to) {
  if (!rows.length) return
  rows[at]?.classList.remove('at')
  at = Math.min(Math.max(to, 0), rows.length - 1)
  rows[at].classList.add('at')
  const link = rows[at].querySelector('th a, td a')
  link?.focus({ preventScroll: true })
  rows[at].scrollIntoView({ block: 'nearest' })
}

const focusOn = selector => document.querySelector(selector)?.focus()
const keys = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  x: () => { const box = rows[at]?.querySelector('[type=checkbox]'); if (box) { box.checked = !box.checked; box.dispatchEvent(new Event('change', { bubbles: true })) } },
  a: () => focusOn('[data-queue-assign]'),
  '/': () => focusOn('[data-filters] [type=search]'),
  '?': () => { if (help) { help.open = !help.open; help.querySelector('summary')?.focus() } },
}

document.addEventListener('keydown', event => {
  const typing = event.target.closest('input:not([type=checkbox]), select, textarea, [contenteditable]')
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !on() || !keys[event.key]) return
  event.preventDefault()
  keys[event.key]()
})
table.addEventListener('focusin', event => { const row = rows.indexOf(event.target.closest('tr')); if (row >= 0 && row !== at) { rows[at]?.classList.remove('at'); at = row } })

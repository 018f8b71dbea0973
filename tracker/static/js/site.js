// What every page may use. All of it is an addition: each task works without scripts.
const all = (selector, within = document) => [...within.querySelectorAll(selector)]

// Errors first: the summary takes the focus, and its links put the caret into the field.
document.querySelector('[data-focus]')?.focus()

// A filter takes effect when it is chosen; a search field when typing rests.
for (const form of all('form[data-filters]')) {
  let rest
  form.addEventListener('change', event => { if (event.target.matches('select, [type=checkbox], [type=radio]')) form.requestSubmit() })
  form.addEventListener('input', event => {
    if (!event.target.matches('[type=search]')) return
    clearTimeout(rest)
    rest = setTimeout(() => { sessionStorage.setItem('typing', event.target.id); form.requestSubmit() }, 800)
  })
}
const typing = sessionStorage.getItem('typing')
if (typing) {
  sessionStorage.removeItem('typing')
  const field = document.getElementById(typing)
  if (field?.form?.matches('[data-filters]')) { field.focus(); field.setSelectionRange?.(field.value.length, field.value.length) }
}

// One box ticks the column.
document.addEventListener('change', event => {
  if (!event.target.matches('[data-tick-all]')) return
  for (const box of all('tbody [type=checkbox]', event.target.closest('table'))) box.checked = event.target.checked
})

// An open menu closes when one goes elsewhere.
const closeMenus = except => all('details.menu[open]').forEach(menu => { if (menu !== except) menu.open = false })
document.addEventListener('click', event => closeMenus(event.target.closest('details.menu')))
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return
  const menu = event.target.closest('details.menu[open]')
  closeMenus()
  menu?.querySelector('summary').focus()
})

// The bell asks once a minute, and not while nobody looks.
const bell = document.querySelector('[data-bell]')
if (bell?.dataset.bell) {
  const badge = bell.querySelector('[data-unread]')
  const ask = async () => {
    if (document.hidden) return
    try {
      const answer = await fetch(bell.dataset.bell, { headers: { Accept: 'application/json' } })
      if (!answer.ok || answer.redirected) return
      const { unread } = await answer.json()
      badge.textContent = unread
      badge.hidden = !unread
    } catch { /* the line is away; the next minute asks again */ }
  }
  setInterval(ask, 60000)
  document.addEventListener('visibilitychange', ask)
}

if (document.querySelector('form[data-guard]')) import('./forms.js')
if (document.querySelector('[data-queue]')) import('./queue.js')

// What every page may use. All of it is an addition: each task works without scripts.
const all = (selector, within = document) => [...within.querySelectorAll(selector)]

// What a page needs when it comes; an upload's answer is shown without loading, says so by "shown", and begins again.
async function begin() {
  // Errors first: the summary takes the focus, and its links put the caret into the field.
  document.querySelector('[data-focus]')?.focus()
  all('form[data-filters]').forEach(live)
  all('[data-tick-all]').forEach(box => { box.hidden = false })
  if (document.querySelector('form[data-guard]')) (await import('./forms.js')).guardAll()
  if (document.querySelector('[data-queue]')) import('./queue.js')
}

// A filter takes effect when it is chosen; a search field when typing rests, and then keeps its caret.
function live(form) {
  let rest
  form.addEventListener('change', event => { if (event.target.matches('select, [type=checkbox], [type=radio]')) form.requestSubmit() })
  form.addEventListener('input', event => {
    if (!event.target.matches('[type=search]')) return
    clearTimeout(rest)
    rest = setTimeout(() => { sessionStorage.setItem('typing', event.target.id); form.requestSubmit() }, 800)
  })
  const field = form.elements[sessionStorage.getItem('typing')]
  if (!field) return
  sessionStorage.removeItem('typing')
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
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
const ask = async () => {
  const bell = document.querySelector('[data-bell]')
  if (document.hidden || !bell?.dataset.bell) return
  try {
    const answer = await fetch(bell.dataset.bell, { headers: { Accept: 'application/json' } })
    if (!answer.ok || answer.redirected) return
    const { unread } = await answer.json()
    const badge = bell.querySelector('[data-unread]')
    badge.textContent = unread
    badge.hidden = !unread
  } catch { /* the line is away; the next minute asks again */ }
}
setInterval(ask, 60000)
document.addEventListener('visibilitychange', ask)

document.addEventListener('shown', begin)
begin()

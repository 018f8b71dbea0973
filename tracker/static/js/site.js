// What every page may use. All of it is an addition: each task works without scripts.
const has = selector => document.querySelector(selector)

// What a page needs when it comes; the answer to a form is shown without loading, says so by "shown", and begins again.
async function begin() {
  // Errors first: the summary takes the focus, and its links put the caret into the field.
  has('[data-focus]')?.focus()
  if (has('[data-filters],[data-tick-all]')) import('./lists.js').then(lists => lists.begin())
  if (has('form[data-guard]')) (await import('./forms.js')).guardAll()
  if (has('[data-queue]')) import('./queue.js')
  if (has('[data-device]')) import('./device.js')
}

// An open menu closes when one goes elsewhere.
const closeMenus = except => document.querySelectorAll('details.menu[open]').forEach(menu => { if (menu !== except) menu.open = false })
document.addEventListener('click', event => closeMenus(event.target.closest('details.menu')))
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return
  const menu = event.target.closest('details.menu[open]')
  closeMenus()
  menu?.querySelector('summary').focus()
})

// The first file that is chosen fetches what sends it in pieces; without it the form sends the file itself.
const chosen = ({ target }) => {
  if (!target.matches('[data-pieces]')) return
  document.removeEventListener('change', chosen)
  import('./pieces.js').then(pieces => pieces.watch(target), () => {})
}
document.addEventListener('change', chosen)

// Who signs out leaves nothing typed behind in this browser.
document.addEventListener('submit', event => {
  if (!event.target.matches('[data-leave]')) return
  document.querySelectorAll('form[data-person]').forEach(form => { delete form.dataset.person })
  for (const store of [sessionStorage, localStorage]) for (const name of Object.keys(store)) if (name.startsWith('typed:')) store.removeItem(name)
})

// The bell asks once a minute, and not while nobody looks.
const ask = async () => {
  const bell = has('[data-bell]')
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

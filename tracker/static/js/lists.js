// Lists: a filter takes effect when it is chosen, one box ticks the column.
const all = (selector, within = document) => [...within.querySelectorAll(selector)]

export function begin() {
  all('form[data-filters]').forEach(live)
  all('[data-tick-all]').forEach(box => { box.hidden = false })
}

// A search field takes effect when typing rests, and then keeps its caret.
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

document.addEventListener('change', event => {
  if (!event.target.matches('[data-tick-all]')) return
  for (const box of all('tbody [type=checkbox]', event.target.closest('table'))) box.checked = event.target.checked
})

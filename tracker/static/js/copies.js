// What is typed, in this tab until the server has it: by person and form, seven days at most. No secrets, no files; the
// page says for which forms (data-person), and none of confidential matters is among them. Where the person said so on
// the page of the account (device.js), it outlives the tab on this device.
const WEEK = 7 * 864e5
const STORES = [sessionStorage, localStorage]
const storeOf = form => STORES[+(localStorage.getItem('keep-typed') === form.dataset.person)]
const nameOf = form => `typed:${form.dataset.person}:${form.getAttribute('action')}`
const versionOf = form => form.elements.version?.value ?? ''
const ticks = e => /checkbox|radio/.test(e.type)
const fields = form => [...form.elements].filter(e => e.name && !e.matches('[type=hidden],[type=password],[type=file],button,fieldset,[autocomplete=one-time-code]'))
const said = form => fields(form).filter(e => !ticks(e) || e.checked).map(e => [e.name, e.value])

export const make = (kind, given, ...inside) => {
  const made = Object.assign(document.createElement(kind), given)
  made.append(...inside)
  return made
}

export const timeIn = (date, shape) => date.toLocaleString(`${document.documentElement.lang}-u-hc-h23-nu-latn`, shape)

export const forget = form => STORES.forEach(store => store.removeItem(nameOf(form)))

for (const store of STORES) for (const name of Object.keys(store)) {
  if (name.startsWith('typed:') && Date.now() - JSON.parse(store.getItem(name)).at > WEEK) store.removeItem(name)
}

export function remember(form) {
  if (!form.dataset.person || (form.elements.marking?.value ?? 'unclassified') !== 'unclassified') return forget(form)
  try { storeOf(form).setItem(nameOf(form), JSON.stringify({ at: Date.now(), version: versionOf(form), texts: said(form) })) } catch { /* it is full: the page still has it */ }
}

function fill(form, texts) {
  for (const e of fields(form)) {
    const mine = texts.filter(([name]) => name === e.name)
    if (ticks(e)) e.checked = mine.some(([, text]) => text === e.value)
    else if (mine.length) { e.value = mine[0][1]; texts.splice(texts.indexOf(mine[0]), 1) }
  }
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

// Texts that were not received are shown first, with their time; over newer text of the server they are not put.
export function offer(form) {
  const { person, copied, newer, putBack, throwAway } = form.dataset
  const { at, version, texts } = JSON.parse(STORES.map(store => store.getItem(nameOf(form))).find(Boolean) ?? '{}')
  if (!texts) return
  if (!person || JSON.stringify(texts) === JSON.stringify(said(form))) return forget(form)
  const same = version === versionOf(form)
  const present = said(form).map(String)
  const button = (words, act) => {
    const made = make('button', { type: 'button', className: 'button button--plain button--small', textContent: words })
    made.addEventListener('click', () => { note.remove(); act(form, texts) })
    return made
  }
  const note = make('div', { className: 'note stack-s' },
    make('p', { textContent: (same ? copied : newer).replace('{time}', timeIn(new Date(at), { dateStyle: 'medium', timeStyle: 'short' })) }),
    ...texts.filter(one => one[1] && !present.includes(String(one))).map(([, text]) => make('p', { className: 'kept', dir: 'auto', textContent: text })),
    make('p', { className: 'row row--tight' }, ...same ? [button(putBack, fill)] : [], button(throwAway, forget)))
  form.prepend(note)
}

// Files sent in pieces as soon as they are chosen: what the line cuts goes on from where it was. Photographs are made
// small first. A page uses it by <script type="module" src="{{ asset_url('js/pieces.js') }}"> (a page with site.js
// fetches it by itself once a file is chosen) and by inputs as UploadField writes them: data-pieces is the address,
// data-ticket what it takes, data-sending, data-waiting and data-there the words, data-photos says that JPEG is taken.
// The form has csrf_token. Nothing else of the page is needed, and without this the form sends its files itself.
const PIECE = 2 ** 18
const LARGE_PHOTO = 15e5
const files = new WeakMap()

export const watch = input => { if (input.matches('[data-pieces]')) files.set(input, begin(input)) }
document.addEventListener('change', event => watch(event.target))

// The form waits for its files, and then has their keys in place of them.
document.addEventListener('submit', async event => {
  const form = event.target
  const inputs = [...form.querySelectorAll('[data-pieces]')]
  if (!inputs.some(input => input.dataset.busy)) return inputs.filter(input => files.has(input)).forEach(settle)
  event.preventDefault()
  event.stopImmediatePropagation()
  await Promise.all(inputs.map(input => files.get(input)))
  form.requestSubmit(event.submitter)
}, true)

// A browser without storage forgets how far a file was once the page is left, and no more.
const stored = act => { try { return act(sessionStorage) } catch { return null } }
const make = (kind, given) => Object.assign(document.createElement(kind), given)

function settle(input) {
  const { came } = input.dataset
  input.dataset.name ??= input.name
  const { name } = input.dataset
  input.parentNode.querySelector('[type=hidden]')?.remove()
  input.name = came ? '' : name
  if (came) input.before(make('input', { type: 'hidden', name, value: came }))
}

async function begin(input) {
  const { dataset } = input
  delete dataset.came
  delete dataset.busy
  settle(input)
  input.parentNode.querySelectorAll('progress,[role=status]').forEach(old => old.remove())
  const chosen = input.files[0]
  if (!chosen) return
  dataset.busy = 1
  const wanted = () => input.files[0] === chosen
  try {
    const file = 'photos' in dataset && chosen.size > LARGE_PHOTO ? await small(chosen) : chosen
    if (wanted() && (file !== chosen || file.size > PIECE)) await send(input, file, wanted)
  } catch { // the form sends the file itself
  } finally { if (wanted()) delete dataset.busy }
}

// What the browser cannot draw goes as it is.
async function small(file) {
  try {
    const drawn = await createImageBitmap(file)
    const part = Math.min(1, 2000 / Math.max(drawn.width, drawn.height))
    const canvas = make('canvas', { width: drawn.width * part, height: drawn.height * part })
    canvas.getContext('2d').drawImage(drawn, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', .8))
    return blob.size < file.size ? new File([blob], file.name.replace(/(\.\w+)?$/, '.jpg'), file) : file
  } catch { return file }
}

async function send(input, file, wanted) {
  const { pieces, ticket, sending, waiting, there } = input.dataset
  const bar = make('progress', { max: file.size, value: 0 })
  const words = make('p', { className: 'save-state', role: 'status' })
  input.after(bar, words)
  const percent = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, { style: 'percent' })
  const say = text => { if (words.textContent !== text) bar.ariaLabel = words.textContent = text }
  const show = at => { bar.value = at; say(sending.replace('{percent}', percent.format(Math.floor(20 * at / file.size) / 20))) }
  const place = `typed:piece:${location.pathname}:${input.dataset.name}:${file.name}:${file.size}:${file.lastModified}`
  let key = stored(it => JSON.parse(it.getItem(place)))?.key, at = 0, length = key ? 0 : PIECE, pause = 1000, faults = 0
  for (show(0); wanted() && input.isConnected;) {
    if (!key) {
      key = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
      stored(it => it.setItem(place, JSON.stringify({ at: Date.now(), key })))
    }
    const body = new FormData()
    Object.entries({ csrf_token: input.form.elements.csrf_token?.value, whole: 1, key, ticket, name: file.name, size: file.size, at }).forEach(one => body.set(...one))
    body.set('piece', file.slice(at, at + length))
    let answer, said
    const cut = new AbortController(), late = setTimeout(() => cut.abort(), 6e4)
    try {
      answer = await fetch(pieces, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual', signal: cut.signal })
      if (answer.status > 499 || answer.status === 429) throw 0
      said = await answer.json().catch(() => ({}))
    } catch {
      // What cannot be read, or is never taken, goes with the form.
      const read = await file.slice(at, at + 1).arrayBuffer().catch(() => 0)
      if (!read || (answer?.status > 499 && ++faults > 4)) {
        bar.remove()
        words.remove()
        break
      }
      say(waiting)
      await new Promise(done => { setTimeout(done, pause); addEventListener('online', done, { once: true }) })
      pause = Math.min(2 * pause, 3e4)
      length = Math.max(length >> 1, 2 ** 15)
      continue
    } finally { clearTimeout(late) }
    pause = 1000
    faults = 0
    length ||= PIECE
    if (said.received >= 0) show(at = said.received)
    else if (answer.status === 409 && at === 0) { key = ''; continue }
    else { bar.remove(); words.textContent = said.error ?? ''; break }
    if (at === file.size) {
      input.dataset.came = key
      say(there)
      break
    }
  }
  if (!input.dataset.came) stored(it => it.removeItem(place))
}

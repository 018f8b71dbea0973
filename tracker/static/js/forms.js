// Drafts that save themselves, a warning before typed text is left behind, and the progress of an upload.
const PAUSE = 1500
const AGAIN = 10000

const snapshot = form => new URLSearchParams([...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== 'csrf_token')).toString()

// What the page was sent with: on a slow line people type before this module is there, and that is not saved yet.
function pristine(form) {
  const copy = form.cloneNode(true)
  copy.reset()
  return snapshot(copy)
}

export const guardAll = () => document.querySelectorAll('form[data-guard]').forEach(guard)

function guard(form) {
  let saved = pristine(form)
  let leaving = false
  const dirty = () => !leaving && snapshot(form) !== saved
  addEventListener('beforeunload', event => { if (dirty()) { event.preventDefault(); event.returnValue = form.dataset.guard } })
  let landed = null, waiting = false
  form.addEventListener('submit', event => {
    // A save under way changes the version that this form carries: let it land first, but not for ever.
    if (landed && form.requestSubmit) {
      event.preventDefault()
      if (waiting) return
      waiting = true
      const { submitter } = event
      Promise.race([landed, new Promise(done => setTimeout(done, 5000))]).then(() => { landed = null; waiting = false; form.requestSubmit(submitter) })
      return
    }
    leaving = true
    if (form.dataset.upload && [...form.querySelectorAll('[type=file]')].some(input => input.files.length)) send(event, form, () => { leaving = false })
  })
  const flying = flight => { landed = flight; flight.then(() => { if (landed === flight) landed = null }) }
  if (form.dataset.autosave) autosave(form, () => saved, text => { saved = text }, () => leaving, flying)
}

// Input is never touched: whatever happens on the line, what was typed stays in its field.
function autosave(form, saved, keep, leaving, flying) {
  const { autosave: address, saving, failed, stale } = form.dataset
  const state = form.querySelector('[data-save-state]') ?? document.querySelector('[data-save-state]')
  let rest, busy = false, stopped = false
  const say = (words, tone) => {
    if (!state || state.textContent === words) return
    state.textContent = words
    if (tone) state.dataset.tone = tone
    else delete state.dataset.tone
  }
  const later = wait => { clearTimeout(rest); rest = setTimeout(save, wait) }

  async function save() {
    clearTimeout(rest)
    const text = snapshot(form)
    if (busy || stopped || leaving() || text === saved()) return
    busy = true
    let land
    flying(new Promise(done => { land = done }))
    const slow = setTimeout(() => say(saving), 1000)
    try {
      const body = new URLSearchParams(text)
      body.set('csrf_token', form.elements.csrf_token?.value ?? '')
      const answer = await fetch(address, { method: 'POST', body, headers: { Accept: 'application/json', 'X-Autosave': '1' }, redirect: 'error' })
      if (answer.status === 409) { stopped = true; say(stale, 'bad'); return }
      if (!answer.ok) throw new Error(answer.status)
      const { version } = await answer.json().catch(() => ({}))
      keep(text)
      if (version !== undefined && form.elements.version) {
        form.elements.version.value = version
        const now = new URLSearchParams(text)
        now.set('version', version)
        keep(now.toString())
      }
      say(form.dataset.saved.replace('{time}', new Date().toLocaleTimeString(`${document.documentElement.lang}-u-hc-h23-nu-latn`, { hour: '2-digit', minute: '2-digit' })))
    } catch {
      say(failed, 'bad')
      later(AGAIN)
    } finally {
      clearTimeout(slow)
      busy = false
      land()
      if (!stopped && snapshot(form) !== saved()) later(state?.dataset.tone ? AGAIN : PAUSE)
    }
  }

  form.addEventListener('input', () => later(PAUSE))
  form.addEventListener('change', () => later(PAUSE))
  form.addEventListener('focusout', () => { if (snapshot(form) !== saved()) later(0) })
  addEventListener('online', () => later(0))
  if (snapshot(form) !== saved()) later(PAUSE)
}

// The same request as the browser's own, with a bar; any trouble falls back to the ordinary way.
function send(event, form, undo) {
  event.preventDefault()
  const { submitter } = event
  if (submitter?.name) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: submitter.name, value: submitter.value }))
  const bar = Object.assign(document.createElement('progress'), { max: 1 })
  const words = Object.assign(document.createElement('p'), { className: 'save-state', role: 'status' })
  const buttons = form.querySelectorAll('[type=submit], button:not([type])')
  const percent = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, { style: 'percent' })
  const show = part => {
    bar.value = part
    words.textContent = form.dataset.upload.replace('{percent}', percent.format(part))
    bar.setAttribute('aria-label', words.textContent)
  }
  const plainly = () => { bar.remove(); words.remove(); buttons.forEach(button => { button.disabled = false }); undo(); form.submit() }
  const call = new XMLHttpRequest()
  call.upload.onprogress = progress => { if (progress.lengthComputable) show(Math.floor(20 * progress.loaded / progress.total) / 20) }
  call.onerror = plainly
  call.onload = () => {
    const page = new DOMParser().parseFromString(call.responseText, 'text/html')
    if (page.querySelector('main')) swap(page, call.responseURL, call.getResponseHeader('Refresh'))
    else plainly()
  }
  call.open('POST', form.action)
  call.send(new FormData(form))
  show(0)
  form.append(bar, words)
  buttons.forEach(button => { button.disabled = true })
}

// Show the page that came as the answer; loading it again would lose what it says only once. A page that wants to be
// looked at again after some seconds (long work) is.
function swap(page, address, seconds) {
  if (seconds) setTimeout(() => location.reload(), 1000 * seconds)
  history.pushState(null, '', address)
  addEventListener('popstate', () => location.reload(), { once: true })
  document.title = page.title
  document.body.replaceWith(document.adoptNode(page.body))
  scrollTo(0, 0)
  if (!document.querySelector('[data-focus]')) {
    const heading = document.querySelector('main h1')
    heading?.setAttribute('tabindex', '-1')
    heading?.focus({ preventScroll: true })
  }
  document.dispatchEvent(new Event('shown'))
}

// Drafts that save themselves, a warning before typed text is left, forms that are sent without leaving the page.
import { forget, make, offer, remember, timeIn } from './copies.js'

const PAUSE = 1500
const AGAIN = 10000
const SILENCE = 60000

const snapshot = form => new URLSearchParams([...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== 'csrf_token')).toString()

// What the page was sent with: on a slow line people type before this module is there, and that is not saved yet.
function pristine(form) {
  const copy = form.cloneNode(true)
  copy.reset()
  return snapshot(copy)
}

export const guardAll = () => document.querySelectorAll('form[data-guard]').forEach(guard)

// Input is never touched: whatever happens on the line, what was typed stays in its field.
function guard(form) {
  const { autosave, saved: done, saving, failed, stale } = form.dataset
  const state = form.querySelector('[data-save-state]') ?? document.querySelector('[data-save-state]')
  let saved = pristine(form), leaving = false, stopped = !autosave, landed, soon, rest
  const dirty = () => snapshot(form) !== saved
  const copy = () => { if (dirty()) remember(form) }
  const later = wait => { clearTimeout(rest); rest = setTimeout(save, wait) }
  const say = (words, tone) => {
    if (!state || state.textContent === words) return
    state.textContent = words
    if (tone) state.dataset.tone = tone
    else delete state.dataset.tone
  }

  async function save() {
    clearTimeout(rest)
    const text = snapshot(form)
    if (landed || stopped || leaving || !form.isConnected || text === saved) return
    let land
    landed = new Promise(done => { land = done })
    const slow = setTimeout(() => say(saving), 1000)
    try {
      const body = new URLSearchParams(text)
      body.set('csrf_token', form.elements.csrf_token?.value ?? '')
      const answer = await fetch(autosave, { method: 'POST', body, headers: { Accept: 'application/json', 'X-Autosave': '1' }, redirect: 'error' })
      if (answer.status === 409) { stopped = true; say(stale, 'bad'); return }
      if (!answer.ok) throw new Error(answer.status)
      const { version } = await answer.json().catch(() => ({}))
      const now = new URLSearchParams(text)
      if (version !== undefined && form.elements.version) {
        form.elements.version.value = version
        now.set('version', version)
      }
      saved = now.toString()
      forget(form)
      copy()
      say(done.replace('{time}', timeIn(new Date(), { hour: '2-digit', minute: '2-digit' })))
    } catch {
      say(failed, 'bad')
    } finally {
      clearTimeout(slow)
      landed = null
      land()
      if (!stopped && dirty()) later(state?.dataset.tone ? AGAIN : PAUSE)
    }
  }

  addEventListener('beforeunload', event => { if (!leaving && form.isConnected && dirty()) { event.preventDefault(); event.returnValue = form.dataset.guard } })
  addEventListener('online', () => later(0))
  form.addEventListener('focusout', () => later(0))
  for (const kind of ['input', 'change']) form.addEventListener(kind, () => { later(PAUSE); clearTimeout(soon); soon = setTimeout(copy, 300) })
  form.addEventListener('submit', async event => {
    event.preventDefault()
    if (leaving) return
    leaving = true
    clearTimeout(soon)
    copy()
    // A save under way changes the version that this form carries: let it land first, but not for ever.
    if (landed) await Promise.race([landed, new Promise(done => setTimeout(done, 5000))])
    send(form, event.submitter, () => { leaving = false })
  })
  later(PAUSE)
  offer(form)
  copy()
}

// The browser's own request. Without an answer the page stays as it is, says so and offers to send again: the form's key
// makes one act of both.
function send(form, submitter, undo) {
  const address = new URL(submitter?.getAttribute('formaction') ?? form.getAttribute('action'), location)
  const body = new FormData(form)
  if (submitter?.name) body.append(submitter.name, submitter.value)
  const buttons = [...form.querySelectorAll('[type=submit]:enabled, button:not([type]):enabled')]
  const bar = make('progress', { max: 1, hidden: true })
  const words = make('p', { className: 'save-state', role: 'status' })
  const call = new XMLHttpRequest()
  form.querySelector('.save-state[data-tone]:last-child')?.remove()
  form.append(bar, words)
  const enable = on => buttons.forEach(button => { button.disabled = !on })
  enable(false)
  const stay = said => {
    bar.remove()
    enable(true)
    undo()
    words.textContent = said ?? form.dataset.away
    words.dataset.tone = 'bad'
    const again = make('button', { type: 'button', className: 'button button--small', textContent: form.dataset.again })
    again.addEventListener('click', () => (submitter ?? buttons[0]).click())
    words.append(' ', again)
  }
  call.timeout = SILENCE
  if ([...form.querySelectorAll('[type=file]')].some(input => input.files.length)) {
    const percent = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, { style: 'percent' })
    const show = part => {
      bar.value = part
      bar.ariaLabel = words.textContent = form.dataset.upload.replace('{percent}', percent.format(part))
    }
    call.timeout = 0
    bar.hidden = false
    show(0)
    call.upload.onprogress = progress => { if (progress.lengthComputable) show(Math.floor(20 * progress.loaded / progress.total) / 20) }
  }
  call.onerror = call.ontimeout = () => stay()
  call.onload = async () => {
    const file = /filename="?([^";]+)/.exec(call.getResponseHeader('Content-Disposition') ?? '')
    if (file) {
      stay('')
      words.remove()
      make('a', { href: URL.createObjectURL(call.response), download: file[1] }).click()
      return
    }
    const page = new DOMParser().parseFromString(await call.response.text(), 'text/html')
    if (!page.querySelector('main') || call.status >= 500 || [413, 429].includes(call.status)) { stay(page.querySelector('main .notice')?.textContent); return }
    if (call.status < 400 || call.status === 401) forget(form)
    swap(page, call.responseURL, call.getResponseHeader('Refresh'), address.hash.slice(1))
  }
  call.open('POST', address)
  call.responseType = 'blob'
  call.send(body)
}

// Show the page that came; loading it again would lose what it says only once. Long work wants to be looked at again.
function swap(page, address, seconds, place) {
  if (seconds) setTimeout(() => location.reload(), 1000 * seconds)
  history.pushState(null, '', address)
  addEventListener('popstate', () => location.reload(), { once: true })
  document.title = page.title
  Object.assign(document.documentElement, { lang: page.documentElement.lang, dir: page.documentElement.dir })
  document.body.replaceWith(document.adoptNode(page.body))
  scrollTo(0, 0)
  if (place) document.getElementById(place)?.scrollIntoView()
  if (!document.querySelector('[data-focus]')) {
    const heading = document.querySelector('main h1')
    heading?.setAttribute('tabindex', '-1')
    heading?.focus({ preventScroll: true })
  }
  document.dispatchEvent(new Event('shown'))
}

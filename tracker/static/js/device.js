// On the page of one's account: whether this device keeps what one types after the tab is closed, until it was received.
const box = document.querySelector('[data-device]')
const NAME = 'keep-typed'

box.closest('[hidden]').hidden = false
box.checked = localStorage.getItem(NAME) === box.dataset.device
box.addEventListener('change', () => {
  if (box.checked) localStorage.setItem(NAME, box.dataset.device)
  else for (const name of Object.keys(localStorage)) if (name === NAME || name.startsWith('typed:')) localStorage.removeItem(name)
})

// What scripts add to pages that work without them: news without a reload, and "where I am now".
const LIVE_EVERY_MS = 20_000;

const live = document.querySelector('[data-live]');
if (live !== null) {
  live.setAttribute('aria-live', 'polite');
  const refresh = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById(live.id);
      // What only got older is not announced again.
      if (fresh !== null && fresh.textContent !== live.textContent) live.replaceChildren(...fresh.childNodes);
    } catch {
      // The page says by itself how old it is; the next round tries again.
    }
  };
  setInterval(refresh, LIVE_EVERY_MS);
}

const here = document.getElementById('here');
if (here !== null && 'geolocation' in navigator) {
  here.hidden = false;
  here.addEventListener('click', () => {
    const status = document.getElementById('here-status');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById('lat').value = coords.latitude.toFixed(5);
        document.getElementById('long').value = coords.longitude.toFixed(5);
        document.getElementById('coordinates').open = true;
        status.textContent = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
      },
      () => (status.textContent = here.dataset.failed),
    );
  });
}


'use strict';
(() => {
  const large = document.getElementById('large');
  for (const link of document.querySelectorAll('a.enlarge')) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !large.showModal) return;
      event.preventDefault();
      const image = new Image();
      image.src = link.href;
      image.alt = link.firstElementChild.alt;
      large.replaceChildren(image);
      large.showModal();
    });
  }
  large.addEventListener('click', () => large.close());

  const data = document.getElementById('index');
  if (!data) return;
  const entries = JSON.parse(data.textContent).map((entry) => ({
    ...entry, low: (entry.title + ' ' + entry.chapter + ' ' + entry.text).toLowerCase(),
  }));
  const box = document.getElementById('search');
  const found = document.getElementById('found');
  const contents = document.getElementById('contents');
  const input = box.querySelector('input');
  box.hidden = false;

  const around = (text, words) => {
    const low = text.toLowerCase();
    let at = words.map((word) => low.indexOf(word)).filter((i) => i >= 0).sort((a, b) => a - b)[0] ?? 0;
    at = Math.max(0, at - 60);
    return (at > 0 ? '…' : '') + text.slice(at, at + 200) + (at + 200 < text.length ? '…' : '');
  };
  const marked = (text, words) => {
    const line = document.createElement('p');
    const low = text.toLowerCase();
    let at = 0;
    while (at < text.length) {
      let next = text.length;
      let length = 0;
      for (const word of words) {
        const i = low.indexOf(word, at);
        if (i >= 0 && i < next) { next = i; length = word.length; }
      }
      line.append(text.slice(at, next));
      if (length > 0) {
        const mark = document.createElement('mark');
        mark.textContent = text.slice(next, next + length);
        line.append(mark);
      }
      at = next + length;
    }
    return line;
  };
  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter((word) => word);
    const hits = words.length === 0 ? [] : entries.filter((entry) => words.every((word) => entry.low.includes(word)));
    contents.hidden = words.length > 0;
    found.hidden = words.length === 0;
    found.replaceChildren(...hits.map((entry) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = entry.href;
      link.textContent = entry.title;
      item.append(link, ' (' + entry.chapter + ')', marked(around(entry.text, words), words));
      return item;
    }));
    if (words.length > 0 && hits.length === 0) {
      const none = document.createElement('p');
      none.textContent = 'No entry has all of these words.';
      found.replaceChildren(none);
    }
  };
  input.addEventListener('input', search);
  const asked = new URLSearchParams(location.search).get('q');
  if (asked) { input.value = asked; search(); }
})();

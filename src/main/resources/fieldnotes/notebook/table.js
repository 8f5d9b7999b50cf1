// Pages, sorting, search and column choice for one table in a notebook cell. All texts are set as
// text, never as HTML. Rows come sorted from the kernel: for each column the order of the rows.
(function (id, data) {
  'use strict';
  function begin(tries) {
    const host = document.getElementById(id);
    if (host) {
      show(host);
    } else if (tries > 0) {
      setTimeout(() => begin(tries - 1), 100);
    }
  }

  function make(parent, tag, text, attributes) {
    const made = document.createElement(tag);
    if (text) {
      made.textContent = text;
    }
    for (const name of Object.keys(attributes || {})) {
      made.setAttribute(name, attributes[name]);
    }
    parent.appendChild(made);
    return made;
  }

  function show(host) {
    const columns = data.columns;
    const state = { sort: -1, down: false, page: 0, size: 10, words: '' };
    const hidden = columns.map((column, c) => c >= data.visible);
    const lower = data.rows.map((row) => row.map((cell) => (cell === null ? 'missing' : cell.toLowerCase())));
    host.textContent = '';
    const bar = make(host, 'div', '', { class: 'fieldnotes-bar' });
    const search = make(bar, 'input', '', {
      type: 'search', placeholder: 'Search', 'aria-label': 'Search in the table' });
    const choice = make(bar, 'details');
    make(choice, 'summary', 'Columns');
    const list = make(choice, 'div', '', { class: 'fieldnotes-columns', role: 'group', 'aria-label': 'Columns to show' });
    columns.forEach((column, c) => {
      const label = make(list, 'label');
      const box = make(label, 'input', '', { type: 'checkbox' });
      box.checked = !hidden[c];
      box.addEventListener('change', () => {
        hidden[c] = !box.checked;
        head();
        draw();
      });
      label.appendChild(document.createTextNode(' ' + column.name));
    });
    const room = make(host, 'div', '', { class: 'fieldnotes-room', tabindex: '0', role: 'region', 'aria-label': data.summary });
    const table = make(room, 'table', '', { class: 'dataframe' });
    const top = make(make(table, 'thead'), 'tr');
    const body = make(table, 'tbody');
    const foot = make(host, 'div', '', { class: 'fieldnotes-bar' });
    const first = button(foot, '«', 'First page', () => go(0));
    const before = button(foot, '‹', 'Page before', () => go(state.page - 1));
    const place = make(foot, 'span', '', { role: 'status' });
    const after = button(foot, '›', 'Next page', () => go(state.page + 1));
    const last = button(foot, '»', 'Last page', () => go(1e9));
    const size = make(make(foot, 'label', 'Rows '), 'select');
    [10, 25, 100].forEach((n) => make(size, 'option', String(n), { value: n }));
    make(host, 'p', data.summary, { class: 'fieldnotes-summary' });

    function button(parent, sign, name, action) {
      const made = make(parent, 'button', sign, { type: 'button', 'aria-label': name, title: name });
      made.addEventListener('click', action);
      return made;
    }

    function go(page) {
      state.page = page;
      draw();
    }

    function head() {
      const at = top.contains(document.activeElement) ? document.activeElement.dataset.column : '';
      top.textContent = '';
      columns.forEach((column, c) => {
        if (hidden[c]) {
          return;
        }
        const sorted = state.sort === c;
        const cell = make(top, 'th', '', {
          scope: 'col', class: column.right ? 'fieldnotes-right' : '',
          'aria-sort': sorted ? (state.down ? 'descending' : 'ascending') : 'none' });
        const made = make(cell, 'button', column.name, { type: 'button', 'data-column': c, title: 'Sort by ' + column.name });
        make(made, 'span', sorted ? (state.down ? ' ▼' : ' ▲') : '', { 'aria-hidden': 'true' });
        make(cell, 'small', column.type);
        made.addEventListener('click', () => {
          // up, down, and back to the order of the table
          state.down = sorted && !state.down;
          state.sort = sorted && !state.down ? -1 : c;
          head();
          go(0);
        });
        if (at === String(c)) {
          made.focus();
        }
      });
    }

    function rows() {
      let order = data.rows.map((row, r) => r);
      if (state.sort >= 0) {
        const column = columns[state.sort];
        const there = column.order.slice(0, column.present);
        order = (state.down ? there.reverse() : there).concat(column.order.slice(column.present));
      }
      const words = state.words.toLowerCase().split(/\s+/).filter((word) => word);
      return order.filter((r) =>
        words.every((word) => lower[r].some((cell, c) => !hidden[c] && cell.includes(word))));
    }

    function draw() {
      const found = rows();
      const pages = Math.max(1, Math.ceil(found.length / state.size));
      state.page = Math.min(Math.max(0, state.page), pages - 1);
      const from = state.page * state.size;
      const shown = found.slice(from, from + state.size);
      body.textContent = '';
      for (const r of shown) {
        const line = make(body, 'tr');
        columns.forEach((column, c) => {
          if (hidden[c]) {
            return;
          }
          const text = data.rows[r][c];
          const cell = make(line, 'td', '', { class: column.right ? 'fieldnotes-right' : '' });
          if (text === null) {
            make(cell, 'span', 'missing', { class: 'fieldnotes-missing', title: 'missing' });
          } else if (text.length > 80) {
            cell.textContent = text.slice(0, 79) + '…';
            cell.title = text;
          } else {
            cell.textContent = text;
          }
        });
      }
      const n = (value) => value.toLocaleString('en-US');
      place.textContent = found.length === 0 ? 'no row has this'
        : n(from + 1) + '–' + n(from + shown.length) + ' of ' + n(found.length)
          + (found.length < data.rows.length ? ' found' : '');
      first.disabled = before.disabled = state.page === 0;
      after.disabled = last.disabled = state.page >= pages - 1;
    }

    search.addEventListener('input', () => {
      state.words = search.value;
      go(0);
    });
    for (const event of ['keydown', 'keyup', 'keypress']) {
      // letters typed here are no commands of the notebook
      bar.addEventListener(event, (e) => e.stopPropagation());
    }
    size.addEventListener('change', () => {
      state.size = Number(size.value);
      go(0);
    });
    head();
    draw();
  }

  begin(50);
})

// Plays the sounds of Fieldnotes' charts: a click on a mark of a Vega chart whose datum has a field
// "sound" plays that file, from the second "from" to the second "to", in a player under the chart.
// Lets charts have the width of their cell, and on dark pages the colours of dark figures.
// Written by hand as the container that JupyterLab's module federation expects: nothing is built,
// nothing is fetched but the sound, from the notebook's own server or kernel. It plays media and
// does nothing else; no datum can make it open a page or run a script.
(function () {
  'use strict';

  const TARGET = 'fieldnotes.sound';

  /** The colours of classes by day and by night, as figures have them; a test compares them. */
  const NIGHT = {
    '#b5b5b5': '#6a6a6a',
    '#1c6e91': '#75c7ea',
    '#b4581e': '#e88c52',
    '#009369': '#6cffd5',
    '#db6eb0': '#a43779',
    '#b98d10': '#f3c74a',
    '#488cef': '#1b5fc2',
    '#6e1395': '#ca6ff1',
    '#5c4800': '#ffeba3',
    '#4d4d4d': '#c4c4c4',
    '#1b4f72': '#94c8eb',
    '#9b2226': '#e56c70',
    '#6b8e23': '#c1e479'
  };

  const DARK = '[data-jp-theme-light="false"] .vega-embed svg.marks';

  const STYLE = Object.entries(NIGHT).map(([day, night]) => `
    ${DARK} [fill="${day}"] { fill: ${night}; }
    ${DARK} [stroke="${day}"] { stroke: ${night}; }`).join('') + `
    ${DARK} { background-color: #121212 !important; }
    ${DARK} .role-axis-grid line { stroke: #3d3d3d; }
    .jp-RenderedVegaCommon5 .vega-embed { width: 100%; }
    .jp-RenderedVegaCommon5 .vega-embed svg.marks { max-width: 100%; height: auto; }
    .vega-embed svg.fieldnotes-sounds [data-fieldnotes-sound] { cursor: pointer; }
    .vega-embed .fieldnotes-playing {
      stroke: var(--jp-ui-font-color0, black) !important;
      stroke-width: 3px !important; opacity: 1 !important; }
    .vega-embed .fieldnotes-at {
      stroke: var(--jp-brand-color1, #1976d2) !important; stroke-width: 3px !important;
      opacity: 1 !important; }
    .vega-embed svg:focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); }
    .fieldnotes-player { display: flex; align-items: center; gap: 8px; font-size: 12px; padding: 2px 0; }
    .fieldnotes-player audio { height: 32px; flex: 1; max-width: 420px; }
  `;

  /** The datum of an element of Vega's SVG, if it has a sound. */
  function datumOf(element) {
    const item = element && element.__data__;
    const datum = item && !Array.isArray(item) && item.datum;
    return datum && typeof datum.sound === 'string' ? datum : null;
  }

  /** The topmost element under the pointer that has a sound, though another may lie over it. */
  function under(event) {
    const all = document.elementsFromPoint(event.clientX, event.clientY);
    return all.find(element => datumOf(element)) || null;
  }

  /** The address of a file of the server, or null if it lies outside of what it serves. */
  function address(base, notebook, sound) {
    if (/^([a-z]+:|\/|\\)/i.test(sound)) return null;
    const parts = notebook.split('/').slice(0, -1);
    for (const part of sound.split('/')) {
      if (part === '..') {
        if (parts.length === 0) return null;
        parts.pop();
      } else if (part !== '.' && part !== '') {
        parts.push(part);
      }
    }
    return base + 'files/' + parts.map(encodeURIComponent).join('/');
  }

  /** Asks the kernel for a sound: it answers with base64 of a WAV or MP3, or with an error. */
  function fromKernel(kernel, datum) {
    return new Promise((resolve, reject) => {
      if (!kernel) {
        reject(new Error('no kernel is running; run the cell again'));
        return;
      }
      const comm = kernel.createComm(TARGET);
      comm.onMsg = message => {
        const answer = message.content.data;
        comm.onMsg = () => {};
        if (typeof answer.sound === 'string' && /^audio\/[a-z0-9.+-]+$/.test(answer.type)) {
          const bytes = Uint8Array.from(atob(answer.sound), c => c.charCodeAt(0));
          resolve(URL.createObjectURL(new Blob([bytes], { type: answer.type })));
        } else {
          reject(new Error(String(answer.error || 'the kernel has no such sound')));
        }
        if (!comm.isDisposed) comm.close();
      };
      comm.onClose = () => reject(new Error('the kernel cannot play sounds of charts'));
      comm.open({ sound: datum.sound, from: Number(datum.from) || 0, to: datum.to == null ? null : Number(datum.to) });
    });
  }

  const player = {
    element: null, audio: null, marked: null, url: null, stopAt: Infinity,

    make() {
      this.element = document.createElement('div');
      this.element.className = 'fieldnotes-player';
      this.audio = document.createElement('audio');
      this.audio.controls = true;
      this.label = document.createElement('span');
      this.label.setAttribute('role', 'status');
      this.element.append(this.audio, this.label);
      this.audio.addEventListener('timeupdate', () => {
        if (this.audio.currentTime >= this.stopAt) {
          this.stopAt = Infinity;
          this.audio.pause();
        }
      });
      this.audio.addEventListener('pause', () => this.unmark());
    },

    unmark() {
      if (this.marked) this.marked.classList.remove('fieldnotes-playing');
      this.marked = null;
    },

    say(chart, text) {
      if (!this.element) this.make();
      if (this.element.parentNode !== chart) chart.appendChild(this.element);
      this.label.textContent = text;
    },

    async play(app, element, datum) {
      const chart = element.closest('.vega-embed');
      const panel = app.shell.currentWidget;
      const context = panel && panel.context;
      const kernel = context && context.sessionContext && context.sessionContext.session
        && context.sessionContext.session.kernel;
      const name = String(datum.n || datum.sound).slice(0, 200);
      const from = Number(datum.from) || 0;
      this.say(chart, name);
      this.audio.pause();
      this.unmark();
      this.marked = element;
      element.classList.add('fieldnotes-playing');
      if (this.url) URL.revokeObjectURL(this.url);
      this.url = null;
      const base = document.baseURI && app.serviceManager ? app.serviceManager.serverSettings.baseUrl : '/';
      const file = context ? address(base, context.path.replace(/^[^/]*:/, ''), datum.sound) : null;
      try {
        if (file) {
          try {
            await this.start(file, from, datum.to == null ? Infinity : Number(datum.to));
            return;
          } catch (error) {
            if (error.name === 'AbortError') return; // another was clicked
          }
        }
        this.say(chart, name + ' – asking the kernel …');
        this.url = await fromKernel(kernel, datum);
        await this.start(this.url, 0, Infinity);
        this.say(chart, name);
      } catch (error) {
        this.unmark();
        this.say(chart, name + ': ' + error.message);
      }
    },

    start(source, from, to) {
      const audio = this.audio;
      this.stopAt = Infinity;
      return new Promise((resolve, reject) => {
        audio.onerror = () => reject(new Error('the browser cannot play it'));
        audio.onloadedmetadata = () => {
          audio.onerror = audio.onloadedmetadata = null;
          if (from > 0) audio.currentTime = from;
          this.stopAt = to;
          this.element.dataset.from = from;
          audio.play().then(resolve, reject);
        };
        audio.src = source;
      });
    }
  };

  /** Lets the keyboard walk over the marks that have sounds: arrows, then Enter plays. */
  function walk(event, app) {
    const svg = event.target;
    if (!(svg instanceof SVGSVGElement) || !svg.closest('.vega-embed')) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step && event.key !== 'Enter' && event.key !== ' ') return;
    const marks = [...svg.querySelectorAll('path, rect')].filter(datumOf);
    if (marks.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const current = marks.findIndex(mark => mark.classList.contains('fieldnotes-at'));
    if (!step) {
      if (current >= 0) player.play(app, marks[current], datumOf(marks[current]));
      return;
    }
    if (current >= 0) marks[current].classList.remove('fieldnotes-at');
    const next = marks[(current + step + marks.length) % marks.length];
    next.classList.add('fieldnotes-at');
    player.say(svg.closest('.vega-embed'), next.getAttribute('aria-label') || datumOf(next).n || '');
  }

  const SCROLLED = '.jp-OutputArea-output div[style*="overflow-x:auto"]:not([tabindex])';

  /** Charts and wide tables can be reached by the Tab key; parts without a name are not read as pictures. */
  function reachable(root) {
    for (const svg of root.querySelectorAll('.vega-embed svg.marks:not([tabindex])')) {
      svg.setAttribute('tabindex', '0');
    }
    for (const menu of root.querySelectorAll('.vega-embed summary:not([aria-label])')) {
      menu.setAttribute('aria-label', 'Save the chart');
    }
    for (const table of root.querySelectorAll(SCROLLED)) table.setAttribute('tabindex', '0');
    const nameless = '.vega-embed g[role="graphics-symbol"]:not([aria-label])';
    for (const part of root.querySelectorAll(nameless)) {
      part.removeAttribute('role');
      part.removeAttribute('aria-roledescription');
    }
  }

  function activate(app) {
    const style = document.createElement('style');
    style.textContent = STYLE;
    document.head.appendChild(style);
    let down = null;
    document.addEventListener('mousedown', event => { down = [event.clientX, event.clientY]; }, true);
    document.addEventListener('click', event => {
      const target = event.target;
      if (event.button !== 0 || event.shiftKey || !(target instanceof Element)
        || !target.closest('.vega-embed svg.marks')) return;
      if (down && Math.hypot(event.clientX - down[0], event.clientY - down[1]) > 4) return; // a drag
      const element = under(event);
      if (element) player.play(app, element, datumOf(element));
    }, true);
    document.addEventListener('keydown', event => walk(event, app), true);
    new MutationObserver(changes => {
      for (const change of changes) {
        for (const node of change.addedNodes) {
          if (node instanceof SVGSVGElement || (node instanceof Element
            && node.querySelector('svg, div[style*="overflow-x:auto"]'))) {
            reachable(document);
            return;
          }
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
  }

  const plugin = {
    id: 'fieldnotes-sound:plugin',
    description: 'A click on a point of a chart plays its sound.',
    autoStart: true,
    activate
  };

  const scope = (window._JUPYTERLAB = window._JUPYTERLAB || {});
  scope['fieldnotes-sound'] = {
    init: async () => {},
    get: async module => {
      if (module !== './extension') throw new Error('no module ' + module);
      return () => ({ __esModule: true, default: plugin });
    }
  };
})();

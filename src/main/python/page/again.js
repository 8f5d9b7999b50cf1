// Loads the index again every two seconds, as long as the run writes it, the page is seen and the reader
// has not stopped it. Nothing is loaded while text is selected.
(() => {
  const written = Number(document.querySelector('.again').dataset.written) * 1000;
  const said = document.getElementById('again-said');
  const button = document.getElementById('again-stop');
  let on = sessionStorage.getItem('again') !== 'no';
  const show = () => {
    if (Date.now() - written > 60000) {
      said.textContent = 'The run has ended without a word, or this page was opened later.';
      button.hidden = true;
      on = false;
      return;
    }
    said.textContent = on ? 'This page follows the run.' : 'This page stands still.';
    button.textContent = on ? 'Stop following' : 'Follow the run';
    button.hidden = false;
  };
  button.addEventListener('click', () => {
    on = !on;
    sessionStorage.setItem('again', on ? 'yes' : 'no');
    show();
  });
  setInterval(() => {
    if (on && !document.hidden && String(getSelection()) === '' && document.activeElement !== button) {
      location.reload();
    }
  }, 2000);
  show();
})();

// A button that copies what stands in a field. Without this it stays hidden: the field can be selected.
(() => {
  'use strict';
  for (const button of document.querySelectorAll('[data-copy]')) {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.onclick = async () => {
      field.select();
      // Where there is no clipboard, as over plain HTTP, the older way copies what is selected.
      const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
      if (copied || document.execCommand('copy')) button.textContent = button.dataset.copied;
    };
  }
})();

// Looks at a page as the design asks: nothing wider than the screen, large targets, readable letters, sound structure.

/** Runs in the browser. Gives what is wrong, each as a line. */
export function audit() {
  const out = new Set();
  const root = document.documentElement;
  const elder = root.dataset.size === 'elder';
  const width = root.clientWidth;
  const style = element => getComputedStyle(element);
  const box = element => element.getBoundingClientRect();
  const visible = element => {
    const { width, height } = box(element);
    // What lies in a closed fold has a size and cannot be seen.
    const drawn = element.checkVisibility({ visibilityProperty: true });
    return drawn && width > 1 && height > 1 && !element.closest('.vh,.skip');
  };
  const name = element => {
    const kind = typeof element.className === 'string' && element.className ? `.${element.className.split(' ').join('.')}` : element.tagName;
    return `${kind} "${(element.textContent || element.value || '').trim().slice(0, 14)}"`;
  };

  // Wider than the screen, outside of it, or cut off.
  if (root.scrollWidth > width) out.add(`OVERFLOW page ${root.scrollWidth} > ${width}`);
  const around = '.chips,.scroll-x,.ring-dots,.rings,.ring-block,svg,.skip';
  for (const element of document.querySelectorAll('body *')) {
    const { left, right } = box(element);
    const beyond = right > width + 1 || left < -1;
    const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth;
    if (!beyond && !cut) continue;
    if (!visible(element) || element.matches('[aria-hidden]') || element.closest(around)) continue;
    if (beyond) out.add(`OUT ${name(element)} ${Math.round(left)}..${Math.round(right)}`);
    const may = ['auto', 'scroll'].includes(style(element).overflowX) || style(element).display === 'inline';
    const inner = [...element.children].some(child => child.scrollWidth > child.clientWidth + 1);
    if (cut && !may && !inner && !element.matches('input,.page')) {
      out.add(`CLIP ${name(element)} ${element.scrollWidth} > ${element.clientWidth}`);
    }
  }

  // The names at the head stay on one line, and signs keep their size.
  for (const place of document.querySelectorAll('.topnav a,.brand,.pref')) {
    if (!visible(place)) continue;
    const words = document.createRange();
    const letters = [...place.childNodes].filter(one => one.nodeType === Node.TEXT_NODE && one.data.trim());
    const broken = letters.some(text => {
      words.selectNodeContents(text);
      return words.getClientRects().length > 1;
    });
    if (broken) out.add(`WRAP ${name(place)}`);
  }
  for (const svg of document.querySelectorAll('svg')) {
    if (svg.checkVisibility() && !svg.closest('[hidden]') && Math.min(box(svg).width, box(svg).height) < 12) {
      out.add(`SQUASHED ${svg.querySelector('use')?.getAttribute('href')} in ${name(svg.parentElement)}`);
    }
  }

  // Targets.
  const least = elder ? 60 : 48;
  for (const element of document.querySelectorAll('a,button,summary,select,textarea,input:not([type=hidden])')) {
    if (!visible(element)) continue;
    const after = getComputedStyle(element, '::after');
    if (after.content !== 'none' && after.position === 'absolute' && after.inset !== 'auto') continue;
    const choice = ['radio', 'checkbox'].includes(element.type) && element.closest('label');
    const { width, height } = box(choice || element);
    const inSentence = style(element).display === 'inline' && element.closest('p,li,td,.hint,.meta,dd,label');
    if (!inSentence && (height < least - 0.5 || width < least - 0.5)) {
      out.add(`TARGET ${name(element)} ${Math.round(width)}×${Math.round(height)} < ${least}`);
    }
  }

  // Contrast and size of letters.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const rgba = colour => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = '#000';
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const light = rgb => {
    const [r, g, b] = rgb.map(v => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const over = (top, ground) => ground.map((v, at) => top[at] * top[3] + v * (1 - top[3]));
  const grounds = new Map();
  const groundOf = element => {
    if (!grounds.has(element)) grounds.set(element, groundUnder(element));
    return grounds.get(element);
  };
  const groundUnder = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(style(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] > 0.99) break;
    }
    const paper = style(root).colorScheme === 'dark' ? [0, 0, 0] : [255, 255, 255];
    return layers.reverse().reduce((ground, layer) => over(layer, ground), paper);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !visible(element)) continue;
    if (element.closest('script,style,option,[disabled],[aria-disabled=true]')) continue;
    const svg = element.closest('svg');
    const ground = groundOf(svg ?? element);
    const ink = over(rgba(svg ? style(element).fill : style(element).color), ground);
    const [a, b] = [light(ink), light(ground)].sort((a, b) => b - a);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < (elder ? 7 : 4.5)) out.add(`CONTRAST ${contrast.toFixed(2)} ${name(element)}`);
    const size = parseFloat(style(element).fontSize);
    if (size < (elder ? 18 : 13.9)) out.add(`SMALL ${size}px ${name(element)}`);
  }

  // Under the bar at the foot, at the end of the page.
  window.scrollTo(0, root.scrollHeight);
  for (const bar of document.querySelectorAll('.actionbar,.tabbar')) {
    if (!visible(bar)) continue;
    const { top, bottom } = box(bar);
    const under = [...document.querySelectorAll('main *')].filter(one => {
      if (!visible(one) || one.closest('.actionbar,.tabbar') || one.contains(bar)) return false;
      return box(one).bottom > top + 1 && box(one).top < bottom - 1;
    });
    if (under.length) out.add(`COVERED ${name(under.at(-1))} by ${name(bar)}`);
  }
  window.scrollTo(0, 0);
  return [...out];
}

/** Runs in the browser: headings, names, labels, ids, lists. */
export function structure() {
  const out = [];
  const all = selector => [...document.querySelectorAll(selector)];
  const visible = element => element.checkVisibility();
  const headings = all('h1,h2,h3,h4,h5,h6').filter(visible);
  const first = headings.filter(one => one.tagName === 'H1');
  if (first.length !== 1) out.push(`H1 ${first.length} times`);
  headings.reduce((last, heading) => {
    const level = Number(heading.tagName[1]);
    if (level > last + 1) out.push(`JUMP h${last} to h${level} "${heading.textContent.slice(0, 14)}"`);
    return level;
  }, 0);
  for (const field of all('input:not([type=hidden]),select,textarea')) {
    if (!field.labels?.length && !field.getAttribute('aria-label')) out.push(`NO LABEL ${field.id || field.name}`);
  }
  for (const control of all('a,button,summary')) {
    const picture = control.querySelector('img')?.alt ?? '';
    if (!(control.getAttribute('aria-label') || control.textContent + picture).trim()) out.push(`NO NAME ${control.outerHTML.slice(0, 80)}`);
  }
  for (const svg of all('svg')) {
    if (!svg.closest('[aria-hidden=true],[hidden]') && !svg.getAttribute('role')) out.push(`SVG ${svg.outerHTML.slice(0, 60)}`);
  }
  for (const use of all('use')) {
    const id = use.getAttribute('href')?.slice(1);
    if (!document.getElementById(id)) out.push(`NO ICON ${id}`);
  }
  const ids = all('[id]').map(one => one.id);
  for (const id of new Set(ids)) if (ids.filter(one => one === id).length > 1) out.push(`TWICE #${id}`);
  for (const list of all('ul,ol')) {
    for (const child of list.children) if (child.tagName !== 'LI') out.push(`LIST CHILD ${child.tagName}`);
  }
  for (const attribute of ['aria-labelledby', 'aria-describedby', 'for']) {
    for (const element of all(`[${attribute}]`)) {
      const missing = element.getAttribute(attribute).split(' ').filter(id => id && !document.getElementById(id));
      for (const id of missing) out.push(`${attribute} names #${id}, which is not there`);
    }
  }
  if (all('main#main').length !== 1) out.push('NO main#main');
  const skip = document.querySelector('a.skip');
  if (skip?.getAttribute('href') !== '#main') out.push('NO SKIP LINK');
  const primary = all('.btn.primary,.tab-add').filter(visible);
  if (primary.length > 1) out.push(`PRIMARY ${primary.length}: ${primary.map(one => one.textContent.trim()).join(', ')}`);
  if (!document.title.trim()) out.push('NO TITLE');
  return out;
}

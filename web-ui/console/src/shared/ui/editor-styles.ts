import { StyleModule as Original } from '../../../node_modules/style-mod/src/style-mod.js';

/**
 * What the editor's packages import as `style-mod`. Theirs writes a style element into the document, which the content
 * security policy forbids without exception; a constructed style sheet is no inline style.
 */
export class StyleModule extends Original {
  static override mount(root: Document | ShadowRoot, modules: Original | readonly Original[]): void {
    for (const module of [modules].flat()) {
      const sheet = sheetOf(module);
      if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }
  }
}

const sheets = new WeakMap<Original, CSSStyleSheet>();

function sheetOf(module: Original): CSSStyleSheet {
  const known = sheets.get(module);
  if (known !== undefined) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(module.getRules());
  sheets.set(module, sheet);
  return sheet;
}

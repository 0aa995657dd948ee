/**
 * CodeMirror makes `<style>` elements; the page's policy lets in those that carry this word. It is no
 * secret (a static page has none), but narrower than `'unsafe-inline'`: markup that slipped in from
 * elsewhere would have to know it.
 */
export const EDITOR_STYLE_NONCE = 'cell-editor';

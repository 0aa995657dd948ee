import type { SandpackTheme } from '@codesandbox/sandpack-react';

/** The editor wears the colors of the listings, by the same variables, in light and dark. */
export const theme: SandpackTheme = {
  colors: {
    surface1: 'var(--code-bg)',
    surface2: 'var(--code-line)',
    surface3: 'var(--code-active)',
    disabled: 'var(--code-muted)',
    base: 'var(--code-text)',
    clickable: 'var(--code-muted)',
    hover: 'var(--code-text)',
    accent: 'var(--sl-color-text-accent)',
    error: 'var(--bad)',
    errorSurface: 'var(--bad-bg)',
    warning: 'var(--code-text)',
    warningSurface: 'var(--code-bg)',
  },
  syntax: {
    plain: 'var(--code-text)',
    comment: 'var(--t-comment)',
    keyword: 'var(--t-keyword)',
    definition: 'var(--code-text)',
    punctuation: 'var(--code-text)',
    property: 'var(--code-text)',
    tag: 'var(--t-keyword)',
    static: 'var(--t-constant)',
    string: 'var(--t-string)',
  },
  font: {
    body: 'var(--__sl-font)',
    mono: 'var(--__sl-font-mono)',
    size: 'var(--code-size)',
    lineHeight: '1.55',
  },
};

/**
 * What a diagram looks like, in terms of the CSS variables of `diagrams.css`.
 *
 * Mermaid refuses `var(--…)` as a color: it computes with colors. So it renders with sentinels, colors
 * that occur nowhere else, and every sentinel in the finished drawing is replaced by its variable. One
 * SVG then serves light, dark and print.
 */
import type { MermaidConfig } from 'mermaid';

/** The variables a drawing may refer to, each by its sentinel. `diagrams.css` defines `--dg-<name>`. */
export const SENTINELS = {
  background: '#a10b01',
  text: '#a20b02',
  line: '#a30b03',
  node: '#a40b04',
  'node-line': '#a50b05',
  group: '#a60b06',
  'group-line': '#a70b07',
  note: '#a80b08',
  'note-line': '#a90b09',
  postgres: '#b10c01',
  'postgres-line': '#b20c02',
  sqlite: '#b30c03',
  'sqlite-line': '#b40c04',
  mongodb: '#b50c05',
  'mongodb-line': '#b60c06',
  redis: '#b70c07',
  'redis-line': '#b80c08',
  accent: '#b90c09',
  'accent-line': '#ba0c0a',
  good: '#bb0c0b',
  'good-line': '#bc0c0c',
  bad: '#bd0c0d',
  'bad-line': '#be0c0e',
  muted: '#bf0c0f',
  'muted-line': '#c00d01',
  'muted-text': '#c10d02',
} as const;

/** Name of a CSS variable without its `--dg-`. */
export type ThemeColor = keyof typeof SENTINELS;

/**
 * The classes an author may put on a node with `:::name`, and the style each stands for. The label has to
 * say the same in words: color alone does not reach everybody.
 */
export const NODE_CLASSES = {
  postgres: 'stroke-width:1px',
  sqlite: 'stroke-width:1px',
  mongodb: 'stroke-width:1px',
  redis: 'stroke-width:1px',
  accent: 'stroke-width:2px',
  good: 'stroke-width:2px',
  bad: 'stroke-width:2px',
  muted: 'stroke-width:1px,stroke-dasharray:4 3',
} as const satisfies Partial<Record<ThemeColor, string>>;

/** `classDef` lines for {@link NODE_CLASSES}, appended to every source whose kind knows `classDef`. */
export function classDefinitions(): string {
  return Object.entries(NODE_CLASSES)
    .map(([name, style]) => {
      const key = name as keyof typeof NODE_CLASSES;
      const text = key === 'muted' ? SENTINELS['muted-text'] : SENTINELS.text;
      return `classDef ${name} fill:${SENTINELS[key]},stroke:${SENTINELS[`${key}-line`]},color:${text},${style};`;
    })
    .join('\n');
}

/** Letters as wide as Arial's: what was laid out here fits where another of these is installed. */
export const FONT_FAMILY = "Arial, Helvetica, 'Liberation Sans', Arimo, sans-serif";

/** Size of all text in a drawing, in its own units. */
export const FONT_SIZE = 15;

const s = SENTINELS;

/**
 * The whole configuration of Mermaid. A change here makes every committed drawing stale.
 *
 * Dagre and not Mermaid's default, ELK: it keeps the distances given here, and comes out narrower.
 */
export const MERMAID_CONFIG: MermaidConfig = {
  startOnLoad: false,
  securityLevel: 'strict',
  deterministicIds: true,
  deterministicIDSeed: 'dg',
  theme: 'base',
  look: 'classic',
  layout: 'dagre',
  htmlLabels: false,
  fontFamily: FONT_FAMILY,
  fontSize: FONT_SIZE,
  themeVariables: {
    fontFamily: FONT_FAMILY,
    fontSize: `${FONT_SIZE}px`,
    useGradient: false,
    dropShadow: 'none',
    background: s.background,
    primaryColor: s.node,
    primaryTextColor: s.text,
    primaryBorderColor: s['node-line'],
    secondaryColor: s.group,
    secondaryTextColor: s.text,
    secondaryBorderColor: s['group-line'],
    tertiaryColor: s.group,
    tertiaryTextColor: s.text,
    tertiaryBorderColor: s['group-line'],
    textColor: s.text,
    lineColor: s.line,
    arrowheadColor: s.line,
    titleColor: s.text,
    edgeLabelBackground: s.background,
    noteBkgColor: s.note,
    noteBorderColor: s['note-line'],
    noteTextColor: s.text,
    actorLineColor: s['node-line'],
    signalColor: s.line,
    signalTextColor: s.text,
    labelBoxBkgColor: s.group,
    labelBoxBorderColor: s['group-line'],
    loopTextColor: s.text,
    activationBkgColor: s.group,
    activationBorderColor: s['group-line'],
    sequenceNumberColor: s.background,
    rowOdd: s.background,
    rowEven: s.group,
    attributeBackgroundColorOdd: s.background,
    attributeBackgroundColorEven: s.group,
    stateLabelColor: s.text,
    compositeBackground: s.group,
    compositeTitleBackground: s.group,
    labelBackgroundColor: s.background,
    altBackground: s.group,
    errorBkgColor: s.bad,
    errorTextColor: s.text,
    quadrant1Fill: s.group,
    quadrant2Fill: s.background,
    quadrant3Fill: s.group,
    quadrant4Fill: s.background,
    quadrant1TextFill: s.text,
    quadrant2TextFill: s.text,
    quadrant3TextFill: s.text,
    quadrant4TextFill: s.text,
    quadrantPointTextFill: s.text,
    quadrantXAxisTextFill: s.text,
    quadrantYAxisTextFill: s.text,
    quadrantInternalBorderStrokeFill: s['group-line'],
    quadrantExternalBorderStrokeFill: s['group-line'],
    quadrantTitleFill: s.text,
    quadrantPointFill: s['accent-line'],
  },
  themeCSS: `
    .actor-line { stroke-width: 1px; stroke-dasharray: 4 3; }
    [id$="sequencenumber"] circle { r: 9px; }
  `,
  flowchart: {
    minNodeWidth: 40,
    nodeSpacing: 24,
    rankSpacing: 36,
    padding: 12,
    wrappingWidth: 190,
    subGraphTitleMargin: { top: 6, bottom: 6 },
    curve: 'rounded',
  },
  sequence: {
    diagramMarginX: 4,
    diagramMarginY: 4,
    actorMargin: 24,
    width: 110,
    height: 40,
    boxMargin: 12,
    noteMargin: 8,
    messageMargin: 32,
    mirrorActors: false,
    wrap: true,
    actorFontSize: FONT_SIZE,
    noteFontSize: FONT_SIZE,
    messageFontSize: FONT_SIZE,
    actorFontFamily: FONT_FAMILY,
    noteFontFamily: FONT_FAMILY,
    messageFontFamily: FONT_FAMILY,
  },
  er: {
    diagramPadding: 10,
    entityPadding: 8,
    minEntityWidth: 60,
    minEntityHeight: 40,
    nodeSpacing: 32,
    // Crow's feet take 37 at each end, and the relation's label stands between.
    rankSpacing: 84,
    fontSize: FONT_SIZE,
  },
  state: { minNodeWidth: 40, padding: 8, nodeSpacing: 30, rankSpacing: 36 },
  class: { padding: 8, nodeSpacing: 30, rankSpacing: 40 },
  quadrantChart: {
    chartWidth: 440,
    chartHeight: 400,
    quadrantLabelFontSize: FONT_SIZE,
    xAxisLabelFontSize: FONT_SIZE,
    yAxisLabelFontSize: FONT_SIZE,
    pointLabelFontSize: FONT_SIZE,
    titleFontSize: FONT_SIZE,
  },
};

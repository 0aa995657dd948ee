/**
 * The registry of components that an author may write in a page. They need no import: the ones that
 * a page uses are imported for it.
 */
import { defineMdastPlugin, type MdastPluginEntry } from 'satteri';
import { isBet } from '../../running/cells/bets/bet.ts';
import { isRunnable } from '../../running/cells/fence/fence.ts';

/** Component name → its module, from the project's root. */
export const AUTHOR_COMPONENTS: Readonly<Record<string, string>> = {
  Additions: '/src/lecture/decision/Additions.astro',
  Beside: '/src/lecture/components/Beside.astro',
  Case: '/src/practice/case/Case.astro',
  Chooser: '/src/lecture/decision/Chooser.astro',
  Compare: '/src/running/cells/compare/Compare.astro',
  Console: '/src/running/console/Console.astro',
  Continue: '/src/practice/progress/Continue.astro',
  CounterRace: '/src/lecture/components/CounterRace.astro',
  CrashTable: '/src/lecture/components/CrashTable.astro',
  Deeper: '/src/lecture/pace/Deeper.astro',
  FoldingTable: '/src/lecture/tables/FoldingTable.astro',
  ForLecturers: '/src/sharing/teach/ForLecturers.astro',
  JudgmentChart: '/src/lecture/components/JudgmentChart.astro',
  LatencyLadder: '/src/lecture/components/LatencyLadder.astro',
  Measure: '/src/lecture/components/Measure.astro',
  OfflineLink: '/src/site/offline/OfflineLink.astro',
  Outline: '/src/lecture/components/Outline.astro',
  PartOverview: '/src/lecture/components/PartOverview.astro',
  Recall: '/src/lecture/components/Recall.astro',
  SectionLink: '/src/lecture/components/SectionLink.astro',
  SortableTable: '/src/lecture/tables/SortableTable.astro',
  TeacherNote: '/src/lecture/components/TeacherNote.astro',
  TestYourself: '/src/practice/self-test/TestYourself.astro',
  Timer: '/src/lecture/components/Timer.astro',
  Workbench: '/src/lecture/components/Workbench.astro',
};

/** What fences turn into; the plugins that make them rely on the import. */
const FENCE_COMPONENTS: Readonly<Record<string, string>> = {
  LiveCell: '/src/running/cells/page/LiveCell.astro',
  Listing: '/src/running/listing/Listing.astro',
  Diagram: '/src/lecture/diagrams/Diagram.astro',
};

/** Which of them a fence needs. */
function fenceComponent(lang: string | null | undefined, meta: string | null | undefined): string {
  if (lang === 'mermaid') return 'Diagram';
  return isRunnable(meta) ? 'LiveCell' : 'Listing';
}

export const componentImports: MdastPluginEntry = () => {
  const used = new Map<string, string>();
  return defineMdastPlugin({
    name: 'component-imports',
    before(_root, context) {
      for (const [name, path] of Object.entries(AUTHOR_COMPONENTS))
        if (new RegExp(`<${name}[\\s/>]`).test(context.source)) used.set(name, path);
    },
    code({ lang, meta }) {
      // It goes into the cell below it.
      if (isBet(lang, meta)) return;
      const name = fenceComponent(lang, meta);
      used.set(name, FENCE_COMPONENTS[name]!);
    },
    after(root, context) {
      const imports = [...used].map(([name, path]) => `import ${name} from '${path}';`);
      if (imports.length > 0) context.prependChild(root, { raw: `${imports.join('\n')}\n` });
    },
  });
};

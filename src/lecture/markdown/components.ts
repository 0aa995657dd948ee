/**
 * The registry of components that an author may write in a page. They need no import: the ones that
 * a page uses are imported for it.
 */
import { defineMdastPlugin } from 'satteri';

/** Component name → its module, from the project's root. */
export const AUTHOR_COMPONENTS: Readonly<Record<string, string>> = {
  Beside: '/src/lecture/components/Beside.astro',
  Outline: '/src/lecture/components/Outline.astro',
  PartOverview: '/src/lecture/components/PartOverview.astro',
  Recall: '/src/lecture/components/Recall.astro',
  SectionLink: '/src/lecture/components/SectionLink.astro',
  TeacherNote: '/src/lecture/components/TeacherNote.astro',
  Timer: '/src/lecture/components/Timer.astro',
  Workbench: '/src/lecture/components/Workbench.astro',
};

/** What fences turn into; the plugins that make them rely on the import. */
const FENCE_COMPONENTS: Readonly<Record<string, string>> = {
  LiveCell: '/src/cells/page/LiveCell.astro',
  Listing: '/src/listing/Listing.astro',
  Diagram: '/src/diagrams/Diagram.astro',
};

const FENCE = /^\s*```+([\w-]*)[ \t]*(.*)$/gm;

export const componentImports = defineMdastPlugin({
  name: 'component-imports',
  before(root, context) {
    const used = new Map<string, string>();
    for (const [name, path] of Object.entries(AUTHOR_COMPONENTS))
      if (new RegExp(`<${name}[\\s/>]`).test(context.source)) used.set(name, path);
    for (const [, lang, meta] of context.source.matchAll(FENCE)) {
      const name =
        lang === 'mermaid' ? 'Diagram' : /(^|\s)run(\s|$)/.test(meta!) ? 'LiveCell' : 'Listing';
      used.set(name, FENCE_COMPONENTS[name]!);
    }
    const imports = [...used].map(([name, path]) => `import ${name} from '${path}';`);
    if (imports.length > 0) context.prependChild(root, { raw: `${imports.join('\n')}\n` });
  },
});

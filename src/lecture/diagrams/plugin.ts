/** Fences of Mermaid become figures with the drawing made from them. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineMdastPlugin, type MdastPluginEntry } from 'satteri';
import { component } from '../../foundation/markup/jsx.ts';
import { collectFences } from './fences.ts';
import { hashOf } from './rendered.ts';
import { courseRoot } from '../../foundation/content/root.ts';

/** What the page component `Diagram` gets as attributes. */
export interface DiagramProps {
  id: string;
  title: string;
  description: string;
  /** `yes`, if it is too wide for a phone and scrolls there. */
  scroll?: 'yes';
  /** Hash that the drawing must carry. */
  hash: string;
  /** The same for the narrow drawing, if there is one. */
  narrow?: string;
  /** `file:line` of the fence, for errors. */
  place: string;
}

export const diagrams: MdastPluginEntry = ({ source, fileURL }) => {
  if (!source.includes('mermaid')) return null;
  const file = fileURL ? relative(courseRoot(), fileURLToPath(fileURL)) : 'a page';
  const fences = collectFences(source, file);
  return defineMdastPlugin({
    name: 'diagrams',
    options: { position: true },
    code(node, context) {
      const { line } = node.position!.start;
      const fence = fences.find((one) => one.line === line);
      if (node.lang !== 'mermaid' || !fence) return;
      // The narrow drawing stands in the figure of the other.
      if (fence.variant === 'narrow') return context.removeNode(node);
      const { id, title, description } = fence;
      const narrow = fences.find((one) => one.id === id && one.variant === 'narrow');
      const props: DiagramProps = {
        id,
        title,
        description,
        ...(fence.scroll && { scroll: 'yes' }),
        hash: hashOf(fence),
        ...(narrow && { narrow: hashOf(narrow) }),
        place: `${file}:${line}`,
      };
      context.replaceNode(node, component('Diagram', { ...props }));
    },
  });
};

/** Whether what components name is there: questions, exercises, decisions, datasets, parts, headings. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINE_NAMES, isEngine } from '../../engines/descriptors.ts';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import { caseNames, CASES_FOLDER } from '../../practice/case/case.ts';
import { DECISIONS_FOLDER } from '../../lecture/decision/decision.ts';
import { datasetPath } from '../../running/cells/datasets.ts';
import type { WrittenComponent } from './page.ts';
import type { ReadPage, Reading } from './reading.ts';

/** Components that place something by its id, and how the ids of the ledger are of that kind. */
const PLACING: Readonly<Record<string, string>> = {
  Question: 'question',
  Exercise: 'exercise',
  Challenge: 'exercise',
};

export function mistakesInComponentTargets(page: ReadPage, course: Reading): AuthoringError[] {
  const placed = new Set<string>();
  return page.reading.components.flatMap((component) => {
    const { name, texts, line, column } = component;
    const message = problemOf(component, page, course, placed);
    const id = texts.get('id');
    if (name in PLACING && id !== undefined) placed.add(id);
    return message === undefined ? [] : [new AuthoringError(page.file, line, message, column)];
  });
}

function problemOf(
  { name, texts }: WrittenComponent,
  page: ReadPage,
  { root, pages, places }: Reading,
  placed: ReadonlySet<string>,
): string | undefined {
  const id = texts.get('id') ?? '';
  switch (name) {
    case 'Question':
    case 'Exercise':
    case 'Challenge': {
      if (placed.has(id)) return `the ${PLACING[name]!} "${id}" is placed twice. Leave one out.`;
      if (!places || places.get(`${page.id}.${id}`)?.kind === PLACING[name]) return undefined;
      const known = [...places.values()]
        .filter((one) => one.page === page.id && one.kind === PLACING[name])
        .map((one) => one.id.slice(page.id.length + 1));
      return `no ${PLACING[name]!} "${id}" belongs to this page.${didYouMean(id, known)} There are: ${known.join(', ') || 'none'}.`;
    }
    case 'PartOverview': {
      const parts = pages.map((one) => one.id).filter((one) => /^\d+$/.test(one));
      return parts.includes(id)
        ? undefined
        : `<PartOverview id="${id}">: there is no such part. There are: ${parts.join(', ')}.`;
    }
    case 'SectionLink': {
      const hash = texts.get('hash');
      if (hash === undefined || !places || places.has(`${id}.${hash}`)) return undefined;
      const known = [...places.keys()]
        .filter((one) => one.startsWith(`${id}.`))
        .map((one) => one.slice(id.length + 1));
      return `<SectionLink id="${id}" hash="${hash}"> leads to no heading.${didYouMean(hash, known)} There are: ${known.join(', ')}.`;
    }
    case 'Chooser':
    case 'Additions': {
      const decision = texts.get('decision');
      return decision === undefined || existsSync(join(root, DECISIONS_FOLDER, `${decision}.yaml`))
        ? undefined
        : `there is no decision "${decision}". Write ${DECISIONS_FOLDER}/${decision}.yaml, or mend the name.`;
    }
    case 'Case': {
      const name = texts.get('name');
      const known = caseNames(root);
      return name === undefined || known.includes(name)
        ? undefined
        : `there is no case "${name}".${didYouMean(name, known)} Write ${CASES_FOLDER}/${name}.yaml, or mend the name.`;
    }
    case 'Console': {
      const engine = texts.get('engine') ?? '';
      if (!isEngine(engine))
        return `<Console engine="${engine}">: there is no such console.${didYouMean(engine, ENGINE_NAMES)} Write one of ${ENGINE_NAMES.join(', ')}.`;
      const dataset = texts.get('dataset');
      const file = datasetPath(engine, dataset ?? '');
      return dataset === undefined || existsSync(join(root, file))
        ? undefined
        : `<Console dataset="${dataset}">: there is no ${file}. Write it, or leave dataset out.`;
    }
    default:
      return undefined;
  }
}

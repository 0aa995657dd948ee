/** A challenge as the page shows it: plain data, which JSON carries from the build into the page. */
import type { PlacedCell } from '../../running/cells/cell.ts';
import { executeCell } from '../../running/cells/execute/execute.ts';
import { LANGUAGES } from '../../running/cells/fence/languages.ts';
import type { LiveCellData } from '../../running/cells/plugin.ts';
import { idOnPage } from '../../foundation/addresses/permalink.ts';
import type { Challenge, Design, PlacedChallenge, Stage } from './challenge.ts';
import { measuredDesigns } from './verified.ts';
import { startOf } from './facts.ts';
import type { Measures } from './measures.ts';
import { cellId, stageId } from './placed.ts';

export interface ShownDesign extends Pick<Design, 'name' | 'head' | 'title' | 'says' | 'code'> {
  hidden: boolean;
  /** In the order of the stages. */
  stages: Measures[];
}

export interface ShownStage extends Pick<
  Stage,
  'name' | 'when' | 'title' | 'story' | 'question' | 'columns'
> {
  /** The id on the page. */
  id: string;
  /** The cell to work in. */
  start: LiveCellData;
}

export interface ShownChallenge extends Pick<Challenge, 'id' | 'title' | 'intro'> {
  /** Its lasting id: `1.1.x-catalog-design`. */
  lasting: string;
  stages: ShownStage[];
  designs: ShownDesign[];
}

/** @throws AuthoringError for a design that does not meet a stage, naming file, line and remedy. */
export async function prepareChallenge(placed: PlacedChallenge): Promise<ShownChallenge> {
  const { id, section, title, intro, designs } = placed.challenge;
  const measured = await measuredDesigns(placed);
  const stages: ShownStage[] = [];
  const before: PlacedCell[] = [];
  for (const [index, stage] of placed.challenge.stages.entries()) {
    const cell = cellOf(placed, stage, index);
    const { outputs, summary } = await executeCell(cell, before);
    before.push(cell);
    const within = stageId(id, stage.name);
    const { name, when, title, story, question, columns } = stage;
    const start = { cell, result: { outputs, summary }, within };
    stages.push({ id: within, name, when, title, story, question, columns, start });
  }
  return {
    id,
    lasting: idOnPage(section, id),
    title,
    intro,
    stages,
    designs: designs.map(({ name, head, title, says, code, hidden = false }, index) => ({
      name,
      head,
      title,
      says,
      code,
      hidden,
      stages: measured[index]!.stages,
    })),
  };
}

function cellOf(
  { challenge, file, lineOf }: PlacedChallenge,
  stage: Stage,
  index: number,
): PlacedCell {
  return {
    id: cellId(challenge.id, stage.name),
    engine: 'postgres',
    title: `Your code: ${stage.title}`,
    session: challenge.id,
    masks: [],
    files: [{ name: LANGUAGES['sql']!.file, code: startOf(stage) }],
    file,
    line: lineOf('stages', index, 'start'),
  };
}

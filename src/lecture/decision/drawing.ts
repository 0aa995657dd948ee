/**
 * A decision as Mermaid, and in words. An author writes an empty fence with `from="database"` where the
 * drawing shall stand.
 */
import { descriptorOf } from '../../engines/descriptors.ts';
import { readDecision, type Decision, type Outcome } from './decision.ts';

/** How long a line of a label may get, in letters. */
const LINE = { main: 22, narrow: 12 } as const;

/** An engine without a class of its own looks as what is no engine. */
const classOf = (engine: Outcome['engine']): string =>
  (engine === 'none' ? undefined : descriptorOf(engine).look.diagramClass) ?? 'accent';

/**
 * @param name of the decision, as the fence gives it.
 * @returns Mermaid source, and the same in words.
 * @throws AuthoringError naming the decision's file, line and remedy.
 */
export function drawDecision(
  name: string,
  variant: 'main' | 'narrow',
): { source: string; description: string } {
  const decision = readDecision(name);
  return { source: flowchartOf(decision, LINE[variant]), description: inWords(decision) };
}

/** @param line how long a line of a label may get, in letters. */
export function flowchartOf(decision: Decision, line: number): string {
  const { start, questions, outcomes } = decision;
  const { inOrder, lowest, branches } = shapeOf(decision);
  // Mermaid has words of its own, such as "graph": the prefixes keep clear of them.
  const node = (name: string): string =>
    `${name in questions ? 'ask' : 'use'}_${name}`.replaceAll('-', '_');
  const label = (text: string): string => `["${wrap(text, line).join('<br/>')}"]`;
  const boxes = inOrder.map((name) => {
    const outcome = outcomes[name];
    if (outcome) return `${node(name)}${label(outcome.short)}:::${classOf(outcome.engine)}`;
    return `${node(name)}${label(questions[name]!.short)}${name === start ? ':::accent' : ''}`;
  });
  const lines = Object.entries(questions).flatMap(([name, { yes, no }]) => [
    ...branches(name).map(({ answer, to }) => `${node(name)} -->|${answer}| ${node(to)}`),
    // Two branches side by side are too wide: an invisible line puts the second below the first.
    ...(yes.to in questions && no.to in questions
      ? [`${node(lowest(yes.to))} ~~~ ${node(no.to)}`]
      : []),
  ]);
  return ['flowchart TD', ...[...boxes, ...lines].map((one) => `  ${one}`)].join('\n');
}

/** How the tree grows. The shorter branch goes left: lines then need not pass behind boxes. */
function shapeOf({ start, questions }: Decision) {
  const height = (name: string): number => {
    const asked = questions[name];
    return asked ? 1 + Math.max(height(asked.yes.to), height(asked.no.to)) : 0;
  };
  const branches = (name: string) => {
    const { yes, no } = questions[name]!;
    return [
      { answer: 'yes', to: yes.to },
      { answer: 'no', to: no.to },
    ].sort((a, b) => height(a.to) - height(b.to));
  };
  const inOrder = new Set<string>();
  const walk = (name: string): void => {
    inOrder.add(name);
    if (name in questions) for (const { to } of branches(name)) walk(to);
  };
  walk(start);
  const lowest = (name: string): string => {
    const asked = questions[name];
    if (!asked) return name;
    return lowest(height(asked.yes.to) >= height(asked.no.to) ? asked.yes.to : asked.no.to);
  };
  return { inOrder: [...inOrder], lowest, branches };
}

/** The whole tree as sentences, for whoever cannot see the drawing. */
export function inWords({ questions, outcomes }: Decision): string {
  const there = (name: string): string =>
    outcomes[name] ? outcomes[name].name : `the question “${questions[name]!.short}”`;
  return Object.values(questions)
    .map(({ short, yes, no }) => `${short} If yes: ${there(yes.to)}. If no: ${there(no.to)}.`)
    .join(' ');
}

/** Words into lines of at most `length` letters; a longer word gets a line of its own. */
function wrap(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const word of text.replaceAll('"', '”').split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

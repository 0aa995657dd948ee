/**
 * The editor of a cell: Sandpack's provider and code editor, and nothing else of it. It fetches
 * nothing and previews nothing; the cell's own runner reads its files.
 */
import { SandpackCodeEditor, SandpackProvider, useSandpack } from '@codesandbox/sandpack-react';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { LanguageSupport } from '@codemirror/language';
import { Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { useEffect, useId, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { EngineName, ScriptFile } from '../../engines/engine.ts';
import type { Editor, EditorOptions } from './editor.ts';
import { EDITOR_STYLE_NONCE } from './nonce.ts';
import { redisLanguage } from './redis-language.ts';
import { theme } from './theme.ts';

type Files = Record<string, string>;

/** Sandpack chooses a language by a file's extension; a client of a Redis cell has none. */
const EXTENSION: Readonly<Partial<Record<EngineName, string>>> = { redis: '.redis' };

const pathOf = (name: string, engine: EngineName): string =>
  name.includes('.') ? `/${name}` : `/${name}${EXTENSION[engine] ?? ''}`;

const toSandpack = (files: readonly ScriptFile[], engine: EngineName): Files =>
  Object.fromEntries(files.map(({ name, code }) => [pathOf(name, engine), code]));

const LANGUAGES = [
  { name: 'sql', extensions: ['sql'], language: sql({ dialect: PostgreSQL }) },
  { name: 'redis', extensions: ['redis'], language: new LanguageSupport(redisLanguage) },
];

/**
 * CodeMirror makes one style element per document, with the word of the first view that names one.
 * Sandpack starts its views without any, so a view of ours comes first.
 */
new EditorView({ extensions: EditorView.cspNonce.of(EDITOR_STYLE_NONCE) }).destroy();

/** Puts an editor over the listing in `host`; the listing stays for print. */
export function openEditor(host: HTMLElement, options: EditorOptions): Promise<Editor> {
  const mount = document.createElement('div');
  mount.className = 'cell-editor';
  host.append(mount);
  host.classList.add('editing');
  const editor: { setFiles?: (files: readonly ScriptFile[]) => void } = {};
  return new Promise((resolve) => {
    const ready = (): void =>
      resolve({
        focus: () => mount.querySelector<HTMLElement>('.cm-content')?.focus(),
        setFiles: (files) => editor.setFiles?.(files),
      });
    createRoot(mount).render(<CellEditor {...options} editor={editor} onReady={ready} />);
  });
}

interface CellEditorProps extends EditorOptions {
  editor: { setFiles?: (files: readonly ScriptFile[]) => void };
  onReady: () => void;
}

function CellEditor({
  files,
  engine,
  label,
  onChange,
  editor,
  onReady,
}: CellEditorProps): ReactNode {
  const id = useId().replace(/\W/g, '');
  const names = files.map(({ name }) => name);
  const paths = names.map((name) => pathOf(name, engine));
  return (
    <SandpackProvider
      files={toSandpack(files, engine)}
      theme={theme}
      customSetup={{ environment: 'static', entry: paths[0]! }}
      options={{
        id,
        autorun: false,
        visibleFiles: paths,
        activeFile: paths[0]!,
        initMode: 'immediate',
      }}
    >
      {names.length > 1 && <Tabs id={id} names={names} paths={paths} />}
      <SandpackCodeEditor
        showTabs={false}
        showRunButton={false}
        showInlineErrors={false}
        // Scrolling sideways with a thumb loses the start of every line.
        wrapContent={matchMedia('(max-width: 40em)').matches}
        additionalLanguages={LANGUAGES}
        extensions={[
          EditorView.contentAttributes.of({ 'aria-label': `Edit: ${label}` }),
          // The cell listens for this key; the editor must not make a blank line of it.
          Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => true }])),
        ]}
      />
      <Bridge names={names} engine={engine} editor={editor} onChange={onChange} onReady={onReady} />
    </SandpackProvider>
  );
}

/** The files as tabs, by the pattern of the ARIA guide: arrows choose, one tab stop. */
function Tabs({ id, names, paths }: TabsProps): ReactNode {
  const { sandpack } = useSandpack();
  const choose = (index: number): void => {
    const path = paths[(index + paths.length) % paths.length]!;
    sandpack.setActiveFile(path);
    document.getElementById(tabId(path, id))?.focus();
  };
  return (
    <div className="cell-tabs" role="tablist" aria-label="Files">
      {paths.map((path, index) => (
        <button
          key={path}
          type="button"
          role="tab"
          id={tabId(path, id)}
          aria-controls={`${tabId(path, id)}-panel`}
          aria-selected={sandpack.activeFile === path}
          tabIndex={sandpack.activeFile === path ? 0 : -1}
          onClick={() => sandpack.setActiveFile(path)}
          onKeyDown={({ key }) => {
            if (key === 'ArrowRight') choose(index + 1);
            if (key === 'ArrowLeft') choose(index - 1);
          }}
        >
          {names[index]}
        </button>
      ))}
    </div>
  );
}

interface TabsProps {
  id: string;
  names: readonly string[];
  /** What Sandpack calls them, in the same order. */
  paths: readonly string[];
}

/** Sandpack names its panel `<file>-<id>-tab-panel` and expects the tab to be called so. */
const tabId = (path: string, id: string): string => `${path}-${id}-tab`;

type BridgeProps = Pick<CellEditorProps, 'engine' | 'editor' | 'onChange' | 'onReady'> & {
  names: string[];
};

/** Carries edits out and replacements in. */
function Bridge({ names, engine, editor, onChange, onReady }: BridgeProps): null {
  const { sandpack } = useSandpack();
  const code = names.map((name) => sandpack.files[pathOf(name, engine)]?.code ?? '');
  const state = JSON.stringify(code);
  useEffect(() => {
    onChange(names.map((name, index) => ({ name, code: code[index]! })));
  }, [state]);
  useEffect(() => {
    editor.setFiles = (files) => sandpack.updateFile(toSandpack(files, engine));
  });
  useEffect(onReady, []);
  return null;
}

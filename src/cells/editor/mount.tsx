/**
 * The editor of a cell: Sandpack's provider and code editor, and nothing else of it. It fetches
 * nothing and previews nothing; the cell's own runner reads its files.
 */
import { SandpackCodeEditor, SandpackProvider, useSandpack } from '@codesandbox/sandpack-react';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { useEffect, useId, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { ScriptFile } from '../../engines/engine.ts';
import type { Editor, EditorOptions } from './editor.ts';
import { EDITOR_STYLE_NONCE } from './nonce.ts';
import { theme } from './theme.ts';

type Files = Record<string, string>;

const toSandpack = (files: readonly ScriptFile[]): Files =>
  Object.fromEntries(files.map(({ name, code }) => [`/${name}`, code]));

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

function CellEditor({ files, label, onChange, editor, onReady }: CellEditorProps): ReactNode {
  const id = useId().replace(/\W/g, '');
  const names = files.map(({ name }) => `/${name}`);
  return (
    <SandpackProvider
      files={toSandpack(files)}
      theme={theme}
      customSetup={{ environment: 'static', entry: names[0]! }}
      options={{
        id,
        autorun: false,
        visibleFiles: names,
        activeFile: names[0]!,
        initMode: 'immediate',
      }}
    >
      {names.length > 1 && <Tabs id={id} names={names} />}
      <SandpackCodeEditor
        showTabs={false}
        showRunButton={false}
        showInlineErrors={false}
        additionalLanguages={[
          { name: 'sql', extensions: ['sql'], language: sql({ dialect: PostgreSQL }) },
        ]}
        extensions={[
          EditorView.contentAttributes.of({ 'aria-label': `Edit: ${label}` }),
          // The cell listens for this key; the editor must not make a blank line of it.
          Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => true }])),
        ]}
      />
      <Bridge names={names} editor={editor} onChange={onChange} onReady={onReady} />
    </SandpackProvider>
  );
}

/** The files as tabs, by the pattern of the ARIA guide: arrows choose, one tab stop. */
function Tabs({ id, names }: { id: string; names: readonly string[] }): ReactNode {
  const { sandpack } = useSandpack();
  const choose = (index: number): void => {
    const name = names[(index + names.length) % names.length]!;
    sandpack.setActiveFile(name);
    document.getElementById(tabId(name, id))?.focus();
  };
  return (
    <div className="cell-tabs" role="tablist" aria-label="Files">
      {names.map((name, index) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={tabId(name, id)}
          aria-controls={`${tabId(name, id)}-panel`}
          aria-selected={sandpack.activeFile === name}
          tabIndex={sandpack.activeFile === name ? 0 : -1}
          onClick={() => sandpack.setActiveFile(name)}
          onKeyDown={({ key }) => {
            if (key === 'ArrowRight') choose(index + 1);
            if (key === 'ArrowLeft') choose(index - 1);
          }}
        >
          {name.slice(1)}
        </button>
      ))}
    </div>
  );
}

/** Sandpack names its panel `<file>-<id>-tab-panel` and expects the tab to be called so. */
const tabId = (name: string, id: string): string => `${name}-${id}-tab`;

type BridgeProps = Pick<CellEditorProps, 'editor' | 'onChange' | 'onReady'> & { names: string[] };

/** Carries edits out and replacements in. */
function Bridge({ names, editor, onChange, onReady }: BridgeProps): null {
  const { sandpack } = useSandpack();
  const code = names.map((name) => sandpack.files[name]?.code ?? '');
  const state = JSON.stringify(code);
  useEffect(() => {
    onChange(names.map((name, index) => ({ name: name.slice(1), code: code[index]! })));
  }, [state]);
  useEffect(() => {
    editor.setFiles = (files) => sandpack.updateFile(toSandpack(files));
  });
  useEffect(onReady, []);
  return null;
}

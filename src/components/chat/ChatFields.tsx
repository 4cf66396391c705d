// Who plays, and what.
import { SPLITS } from '../../env/types.ts';
import type { ChatFaults } from '../../notebook/chatForm.ts';
import { changeOption, choicesOf, type FormSpec } from '../../notebook/form.ts';
import { type OptionPath, optionAt, optionOf } from '../../train/options/optionTable.ts';
import { Choice, Field } from '../experiment/Field.tsx';
import { NumberInput } from '../experiment/NumberInput.tsx';
import { ProxyField } from '../experiment/ProxyField.tsx';
import { FieldFault } from './FieldFault.tsx';
import { KeyField } from './KeyField.tsx';
import { useChat, useChatActions } from './useChat.ts';

interface ChatFieldsProps {
  readonly faults: ChatFaults;
}

export function ChatFields({ faults }: ChatFieldsProps) {
  const { change } = useChatActions();
  const { url, model, split, spec } = useChat((state) => state.form);
  const take = (path: OptionPath, value: ReturnType<typeof optionAt>): void => change({ spec: changeOption(spec, path, value) });
  return (
    <div className="chat-fields">
      <fieldset>
        <legend>Who plays</legend>
        <Field label="Address" hint="What the API’s paths begin with.">
          {(props) => (
            <input
              {...props}
              type="text"
              inputMode="url"
              spellCheck={false}
              placeholder="http://localhost:11434/v1"
              value={url}
              aria-invalid={faults.url !== undefined}
              onChange={({ target }) => change({ url: target.value })}
            />
          )}
        </Field>
        <FieldFault>{faults.url}</FieldFault>
        <Field label="Model" hint="As the endpoint calls it. It must know tool calls, and pictures for the atlas.">
          {(props) => (
            <input
              {...props}
              type="text"
              spellCheck={false}
              value={model}
              aria-invalid={faults.model !== undefined}
              onChange={({ target }) => change({ model: target.value })}
            />
          )}
        </Field>
        <FieldFault>{faults.model}</FieldFault>
        <KeyField key={url} url={url} />
        <ProxyField />
      </fieldset>
      <fieldset>
        <legend>What it plays</legend>
        {(['benchmark', 'preset'] as const).map((path) => (
          <Field key={path} label={optionOf(path).label}>
            {(props) => <Choice {...props} value={spec[path]} choices={choicesOf(optionOf(path), spec)} onChange={(value) => take(path, value)} />}
          </Field>
        ))}
        <Field label="Split" hint="Countries or elements that are asked about.">
          {(props) => <Choice {...props} value={split} choices={SPLITS.map((each) => [each, each])} onChange={(value) => change({ split: value })} />}
        </Field>
        {NUMBERS.map(([path, label]) => (
          <Field key={path} label={label}>
            {(props) => <NumberInput {...props} option={optionOf(path)} value={optionAt(spec, path)} onChange={(value) => take(path, value)} />}
          </Field>
        ))}
      </fieldset>
    </div>
  );
}

const NUMBERS: readonly (readonly [keyof FormSpec & OptionPath, string])[] = [
  ['prompts', 'Questions'],
  ['groupSize', 'Attempts at each'],
  ['temperature', 'Temperature'],
];

/** Makes one condition: a column, a test that fits its kind, and a value. */
import { useId, useState, type ReactNode } from 'react';
import { parseValue, type Surroundings, type Value, type Words } from '@lodestone/document-model';
import type { Column } from '../columns/column.ts';
import { optionsFor, type ListOption } from '../editing/options.ts';
import { needsValue, testsFor, type Condition, type Test } from '../order/conditions.ts';
import { draftId } from '../rows/draft-view.ts';
import type { Drawing } from '../rows/grid-row.tsx';
import { testWords } from './condition-words.ts';

export interface ConditionFormProps {
  readonly drawing: Drawing;
  readonly columns: readonly Column[];
  readonly startWith: string;
  readonly onAdd: (condition: Condition) => void;
}

export function ConditionForm({ drawing, columns, startWith, onAdd }: ConditionFormProps) {
  const { session, text, layout } = drawing;
  const id = useId();
  const [field, setField] = useState(startWith);
  const [chosenTest, setTest] = useState<Test>();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Words>();
  const column = columns.find((candidate) => candidate.field === field) ?? columns[0];
  if (column === undefined) return null;
  const tests = testsFor(column.declared);
  const test = chosenTest !== undefined && tests.includes(chosenTest) ? chosenTest : tests[0];
  if (test === undefined) return null;
  // A filter asks nobody for leave: no record is meant, so nothing in the list is closed.
  const cell = { record: draftId, field, language: layout.language };
  const options = optionsFor(column.declared, cell, session.view);
  const submit = () => {
    const read = readTyped({ column, test, typed, options }, session.surroundings.get());
    if (read.status === 'invalid') setProblem(read.problem);
    else onAdd({ field: column.field, test, value: read.value });
  };

  return (
    <form
      className="grid-condition"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Labelled id={`${id}-column`} label={text('conditionColumn')}>
        <select
          id={`${id}-column`}
          value={column.field}
          onChange={(event) => {
            setField(event.currentTarget.value);
            setTyped('');
            setProblem(undefined);
          }}
        >
          {columns.map((candidate) => (
            <option key={candidate.field} value={candidate.field}>
              {candidate.label}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled id={`${id}-test`} label={text('conditionTest')}>
        <select
          id={`${id}-test`}
          value={test}
          onChange={(event) => {
            setTest(event.currentTarget.value as Test);
          }}
        >
          {tests.map((candidate) => (
            <option key={candidate} value={candidate}>
              {testWords(candidate, column.declared, text)}
            </option>
          ))}
        </select>
      </Labelled>
      {needsValue(test) && (
        <Labelled id={`${id}-value`} label={text('conditionValue')}>
          <ConditionValue
            id={`${id}-value`}
            pick={text('conditionPick')}
            options={options}
            value={typed}
            onChange={(value) => {
              setTyped(value);
              setProblem(undefined);
            }}
          />
        </Labelled>
      )}
      {problem !== undefined && (
        <p className="grid-condition-problem" role="alert">
          {problem[layout.language]}
        </p>
      )}
      <button type="submit" className="grid-primary-button">
        {text('conditionAdd')}
      </button>
    </form>
  );
}

interface Typed {
  readonly column: Column;
  readonly test: Test;
  readonly typed: string;
  readonly options: readonly ListOption[] | undefined;
}

type ReadValue =
  | { readonly status: 'read'; readonly value: Value }
  | { readonly status: 'invalid'; readonly problem: Words };

function readTyped({ column, test, typed, options }: Typed, around: Surroundings): ReadValue {
  if (!needsValue(test)) return { status: 'read', value: null };
  if (options !== undefined) {
    const option = options.find(({ key }) => key === typed);

    return option === undefined
      ? { status: 'invalid', problem: nothingChosen }
      : { status: 'read', value: option.value };
  }
  if (test === 'contains') return { status: 'read', value: typed };
  const read = parseValue(column.declared, typed, around);

  return read.status === 'parsed'
    ? { status: 'read', value: read.value }
    : { status: 'invalid', problem: read.problem.message };
}

interface LabelledProps {
  readonly id: string;
  readonly label: string;
  readonly children: ReactNode;
}

function Labelled({ id, label, children }: LabelledProps) {
  return (
    <div className="grid-labelled">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

interface ConditionValueProps {
  readonly id: string;
  readonly pick: string;
  readonly options: readonly ListOption[] | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ConditionValue({ id, pick, options, value, onChange }: ConditionValueProps) {
  if (options === undefined) {
    return (
      <input
        id={id}
        type="text"
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
    );
  }

  return (
    <select
      id={id}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    >
      <option value="">{pick}</option>
      {options.map((option) => (
        <option key={option.key} value={option.key}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

const nothingChosen: Words = { en: 'Choose a value.', ja: '値を選んでください。' };

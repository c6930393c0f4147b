/** Titles of a register's records, and the record that a typed name means; computed anew only after a change. */
import {
  namesOf,
  titleOf,
  fold,
  collatorFor,
  type Language,
  type RecordId,
  type Register,
  type RegisterRecord,
} from '@lodestone/document-model';

export interface Candidate {
  readonly id: RecordId;
  readonly title: string;
  readonly record: RegisterRecord;
}

interface Computed {
  readonly language: Language;
  readonly candidates: readonly Candidate[];
  readonly byName: ReadonlyMap<string, RecordId>;
}

export class RecordNames {
  readonly #register: Register;
  readonly #records: () => Iterable<RegisterRecord>;
  #computed: Computed | undefined;

  /** @param records the records a reference may name: archived ones are left out by the caller */
  constructor(register: Register, records: () => Iterable<RegisterRecord>) {
    this.#register = register;
    this.#records = records;
  }

  forget(): void {
    this.#computed = undefined;
  }

  /** In the order of a numeric `order` field where the register has one, else by title. */
  candidates(language: Language): readonly Candidate[] {
    return this.#compute(language).candidates;
  }

  find(text: string, language: Language): RecordId | undefined {
    return this.#compute(language).byName.get(fold(text));
  }

  #compute(language: Language): Computed {
    if (this.#computed?.language === language) return this.#computed;
    const byName = new Map<string, RecordId>();
    const candidates: Candidate[] = [];
    for (const record of this.#records()) {
      candidates.push({ id: record.id, title: titleOf(this.#register, record, language), record });
      for (const name of namesOf(this.#register, record))
        if (!byName.has(name)) byName.set(name, record.id);
    }
    const collator = collatorFor(language);
    const order = ({ record }: Candidate) =>
      typeof record.fields['order'] === 'number' ? record.fields['order'] : 0;
    candidates.sort((a, b) => order(a) - order(b) || collator.compare(a.title, b.title));
    this.#computed = { language, candidates, byName };

    return this.#computed;
  }
}

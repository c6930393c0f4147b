/** Money. JSON form: `{minor, currency}`: integer minor units and ISO 4217. Typed: `USD 1,250.50`, `1250.5`, `JPY 39,000`. */
import type { Money, MoneyField } from '../field.ts';
import { invalid, parsed, problem, type ValueProblem } from '../value-problem.ts';
import type { Codec } from './codec.ts';
import { parseNumber, plainText } from './numbers.ts';

/** How many digits of a currency stand behind the point (ISO 4217, column "minor unit"). */
export function minorDigits(currency: string): number {
  return currency === 'JPY' || currency === 'KRW' ? 0 : 2;
}

export const moneyCodec: Codec<MoneyField> = {
  check: (field, value) => checkMoney(field, value),
  parse: (field, text) => {
    const plain = plainText(text);
    const code = /^[A-Z]{3}(?![A-Z])/i.exec(plain)?.[0] ?? /(?<![A-Z])[A-Z]{3}$/i.exec(plain)?.[0];
    const currency = code?.toUpperCase() ?? field.currencies[0] ?? '';
    if (!field.currencies.includes(currency)) return invalid(unknownCurrency(field));
    const amount = parseNumber(code === undefined ? plain : plain.replace(code, ''));
    if (amount === undefined) return invalid(notMoney);
    const scaled = amount * 10 ** minorDigits(currency);
    const minor = Math.round(scaled) + 0;
    // What is left is either a digit too many or the rounding of the two floating-point steps above.
    if (Math.abs(scaled - minor) > Math.abs(scaled) * 2 ** -50) return invalid(tooPrecise);
    const found = checkMoney(field, { minor, currency });

    return found === undefined ? parsed({ minor, currency }) : invalid(found);
  },
  format: (_field, value, around) => {
    const { minor, currency } = value as Money;
    const digits = minorDigits(currency);
    const form = new Intl.NumberFormat(around.language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });

    return `${currency} ${form.format(minor / 10 ** digits)}`;
  },
  compare: (_field, a, b) => {
    const [left, right] = [a as Money, b as Money];
    if (left.currency !== right.currency) return left.currency < right.currency ? -1 : 1;

    return left.minor - right.minor;
  },
};

function checkMoney(field: MoneyField, value: unknown): ValueProblem | undefined {
  if (typeof value !== 'object' || value === null) return notMoney;
  const { minor, currency, ...more } = value as Record<string, unknown>;
  if (Object.keys(more).length > 0 || typeof currency !== 'string') return notMoney;
  if (!field.currencies.includes(currency)) return unknownCurrency(field);
  // Above 2^53 / 100 the text form would lose cents.
  if (!Number.isSafeInteger(minor) || Object.is(minor, -0) || Math.abs(minor as number) > 9e13) {
    return notMoney;
  }

  return undefined;
}

const notMoney = problem(
  'money.kind',
  'This must be an amount with its currency, for example USD 1,250.50.',
  '通貨付きの金額を入力してください(例: USD 1,250.50)。',
);

const tooPrecise = problem(
  'money.minor',
  'The amount has more digits behind the point than the currency.',
  '通貨の最小単位より細かい金額です。',
);

function unknownCurrency(field: MoneyField): ValueProblem {
  const known = field.currencies.join(', ');

  return problem(
    'money.currency',
    `The currency must be one of: ${known}.`,
    `通貨は次のいずれかです: ${known}`,
  );
}

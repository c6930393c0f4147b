/** When something was written: short, and on hover and focus exact in the reader's zone and those of both capitals. */
import { useWhen, useZonePlaces } from '../record/changed-line.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { ZoneTooltip } from '../ui/zone-tooltip.tsx';
import styles from './attention.module.css';

export function Moment({ at }: { readonly at: Date }) {
  const language = useLanguage();
  const when = useWhen();
  const places = useZonePlaces();

  return (
    <ZoneTooltip at={at} language={language} places={places}>
      <time className={styles.time} dateTime={at.toISOString()}>
        {when(at)}
      </time>
    </ZoneTooltip>
  );
}

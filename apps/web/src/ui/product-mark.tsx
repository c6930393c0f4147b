/** The product's mark: a lodestone, drawn as a horseshoe with its two poles. */
export function ProductMark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden>
      <rect width="28" height="28" rx="7" fill="var(--brand)" />
      <path d="M8 7v7.2a6 6 0 0 0 12 0V7" fill="none" stroke="#fff" strokeWidth="3.4" />
      <path d="M6.3 7h3.4M18.3 7h3.4" stroke="#8fc0ff" strokeWidth="3.4" />
    </svg>
  );
}

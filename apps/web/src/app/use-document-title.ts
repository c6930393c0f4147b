/** The title of the browser's tab: the screen first, then the product. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

export function useDocumentTitle(screen: string | undefined): void {
  const { t } = useTranslation('app');
  const product = t('product');
  useEffect(() => {
    document.title = screen === undefined ? product : `${screen} · ${product}`;
  }, [screen, product]);
}

/** Mantine in our palette: with its own, contrast fails and the dark scheme is neutral grey. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const navy: MantineColorsTuple = [
  '#eef4fb',
  '#d9e6f5',
  '#b0cbea',
  '#83aede',
  '#5c94d2',
  '#3f80c9',
  '#2a6cb5',
  '#1d5797',
  '#17457f',
  '#0f3261',
];

/** Text, lines and surfaces of the dark scheme, as in tokens.css. */
const dark: MantineColorsTuple = [
  '#e7ecf2',
  '#b1bcc9',
  '#8b98a7',
  '#5d6a79',
  '#384452',
  '#262f3a',
  '#1b232c',
  '#141a21',
  '#0e1318',
  '#090d11',
];

/** Dialogs and drawers; named, not imported, since the first screen has neither. */
const dialog = {
  defaultProps: { overlayProps: { backgroundOpacity: 0.35 } },
  styles: { title: { fontSize: 14, fontWeight: 600 } },
};

/** Menus stand beside their button, in its landmark, and hold nothing but their items. */
const menu = {
  defaultProps: {
    withInitialFocusPlaceholder: false,
    withinPortal: false,
    floatingStrategy: 'fixed',
  },
  // Not that of the heading they may stand in.
  styles: { dropdown: { fontWeight: 400 } },
};

export const theme = createTheme({
  primaryColor: 'navy',
  primaryShade: { light: 8, dark: 6 },
  colors: { navy, dark },
  black: '#15202b',
  fontFamily: 'var(--font)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '16px' },
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: { Modal: dialog, Drawer: dialog, Menu: menu },
});

/** Mantine's own words for what tokens.css already says. */
const tokens = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--tx)',
  '--mantine-color-dimmed': 'var(--tx2)',
  '--mantine-color-placeholder': 'var(--tx3)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default-border': 'var(--line2)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: tokens,
  dark: tokens,
});

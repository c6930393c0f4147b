/** Every global style sheet, in the order they must have. Imported before anything that brings styles of its own. */
import './layers.css';
import '@mantine/core/styles.layer.css';
import '@fontsource-variable/inter/wght.css';
import './tokens.css';

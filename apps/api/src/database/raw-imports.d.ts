/** Lets the compiler know Vite's `?raw` imports: the text of a file, put into the build. */
declare module '*.sql?raw' {
  const text: string;
  export { text as default };
}

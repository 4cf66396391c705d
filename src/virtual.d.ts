// Code for the sandbox as text: an expression whose value is the module (scripts/iifeSources.ts).
declare module 'virtual:tapo-source' {
  const source: string;
  export default source;
}
declare module 'virtual:realm-source' {
  const source: string;
  export default source;
}
declare module 'virtual:own-realm-source' {
  const source: string;
  export default source;
}

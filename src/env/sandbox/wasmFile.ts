// Address of QuickJS's wasm binary in the built page.
export { default as QUICKJS_WASM } from '@jitl/quickjs-wasmfile-release-sync/wasm?url';

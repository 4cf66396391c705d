// A plain product of n × n matrices on WebGPU: each thread holds a tile of 4 × 4 in registers, no shared memory, no barrier.

// c = a · b; all [n, n] row-major in vectors of four; n a multiple of 32; a thread a tile
const SOURCE = `
override n: u32;
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
@compute @workgroup_size(8, 8) fn main(@builtin(global_invocation_id) id: vec3u) {
  let four = n / 4u;
  let row = 4u * id.y * four;
  var c0 = vec4f(); var c1 = vec4f(); var c2 = vec4f(); var c3 = vec4f();
  for (var k = 0u; k < four; k++) {
    let a0 = a[row + k]; let a1 = a[row + four + k]; let a2 = a[row + 2u * four + k]; let a3 = a[row + 3u * four + k];
    let at = 4u * k * four + id.x;
    let b0 = b[at]; let b1 = b[at + four]; let b2 = b[at + 2u * four]; let b3 = b[at + 3u * four];
    c0 += a0.x * b0 + a0.y * b1 + a0.z * b2 + a0.w * b3;
    c1 += a1.x * b0 + a1.y * b1 + a1.z * b2 + a1.w * b3;
    c2 += a2.x * b0 + a2.y * b1 + a2.z * b2 + a2.w * b3;
    c3 += a3.x * b0 + a3.y * b1 + a3.z * b2 + a3.w * b3;
  }
  c[row + id.x] = c0; c[row + four + id.x] = c1; c[row + 2u * four + id.x] = c2; c[row + 3u * four + id.x] = c3;
}`;

export function registerTileProduct(device: GPUDevice, n: number): { readonly run: (repeats: number) => Promise<unknown>; readonly dispose: () => void } {
  const buffers = [operand(n), operand(n), new Float32Array(n * n)].map((values) => {
    const buffer = device.createBuffer({ size: values.byteLength, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST });
    device.queue.writeBuffer(buffer, 0, values);
    return buffer;
  });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module: device.createShaderModule({ code: SOURCE }), constants: { n } } });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  return {
    async run(repeats) {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      for (let i = 0; i < repeats; i++) pass.dispatchWorkgroups(n / 32, n / 32);
      pass.end();
      device.queue.submit([encoder.finish()]);
      await device.queue.onSubmittedWorkDone();
    },
    dispose() {
      for (const buffer of buffers) buffer.destroy();
    },
  };
}

/** Numbers about −1 … 1. */
export function operand(n: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: n * n }, (_, i) => Math.sin(i));
}

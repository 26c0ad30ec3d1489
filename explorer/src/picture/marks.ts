import { NodeProgram } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { SHAPES } from "./looks";

/** What a node carries beside what sigma knows. */
export interface MarkData { shape: number; edge: string; ring: string | null }

const { POINTS, UNSIGNED_BYTE, FLOAT } = WebGLRenderingContext;
const UNIFORMS = ["u_sizeRatio", "u_pixelRatio", "u_matrix"] as const;

// A node is one point; its shape is worked out for each pixel of it, by its distance from the shape's border.
const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_ring;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec4 v_color;
varying vec4 v_ring;
varying float v_radius;
varying float v_reach;
varying float v_shape;
varying float v_pixel;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  v_radius = a_size / u_sizeRatio;
  v_reach = v_radius * 1.3 + 6.0;
  gl_PointSize = v_reach * 2.0 * u_pixelRatio;
  v_shape = a_shape;
  v_ring = a_ring;
  v_pixel = 1.0 / u_pixelRatio;
  #ifdef PICKING_MODE
  v_color = a_id;
  v_color.a *= 255.0 / 254.0;
  #else
  v_color = a_color;
  #endif
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_ring;
varying float v_radius;
varying float v_reach;
varying float v_shape;
varying float v_pixel;

float corners(vec2 p, float count, float turn, float inner) {
  float part = 6.2831853 / count;
  float angle = atan(p.y, p.x) - turn;
  return cos(floor(0.5 + angle / part) * part - angle) * length(p) - inner;
}

float outside(vec2 p, float r) {
  if (v_shape < 0.5) return length(p) - r;
  if (v_shape < 1.5) { vec2 q = abs(p) - vec2(r * 0.66); return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - r * 0.22; }
  if (v_shape < 2.5) return corners(p, 4.0, 0.7853982, r * 0.86);
  if (v_shape < 3.5) return corners(p, 3.0, 1.5707963, r * 0.65);
  if (v_shape < 4.5) return corners(p, 6.0, 0.5235988, r * 0.95);
  return corners(p, 5.0, 0.9424778, r * 0.93);
}

void main() {
  vec2 p = (gl_PointCoord - 0.5) * 2.0 * v_reach;
  float d = outside(p, v_radius);
  #ifdef PICKING_MODE
  gl_FragColor = d < 3.0 ? v_color : vec4(0.0);
  #else
  float fill = smoothstep(v_pixel, -v_pixel, d);
  float ring = v_ring.a > 0.0 ? smoothstep(v_pixel, -v_pixel, abs(d - 3.4) - 1.1) : 0.0;
  float a = max(fill, ring);
  vec3 color = mix(v_ring.rgb, v_color.rgb, fill);
  gl_FragColor = vec4(color * a, a);
  #endif
}`;

/** Draws nodes as one of six shapes, with a ring round those that are chosen. */
export class MarkProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: POINTS,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_ring", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  processVisibleItem(index: number, start: number, data: NodeDisplayData & Partial<MarkData>): void {
    const { array } = this;
    array[start++] = data.x;
    array[start++] = data.y;
    array[start++] = data.size;
    array[start++] = data.shape ?? 0;
    array[start++] = floatColor(data.color);
    array[start++] = data.ring ? floatColor(data.ring) : 0;
    array[start++] = index;
  }

  setUniforms({ sizeRatio, pixelRatio, matrix }: RenderParams, { gl, uniformLocations }: Parameters<NodeProgram["setUniforms"]>[1]): void {
    const at = uniformLocations as Record<(typeof UNIFORMS)[number], WebGLUniformLocation>;
    gl.uniform1f(at.u_sizeRatio, sizeRatio);
    gl.uniform1f(at.u_pixelRatio, pixelRatio);
    gl.uniformMatrix3fv(at.u_matrix, false, matrix);
  }
}

export const shapeNumber = (family: string): number => Math.max(0, SHAPES.indexOf(family as (typeof SHAPES)[number]));

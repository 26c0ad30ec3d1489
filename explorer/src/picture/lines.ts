import { EdgeProgram } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

/** What an edge carries beside what sigma knows. */
export interface LineData { bend: number; dashed: boolean; disputed: boolean; arrow: boolean }

const { TRIANGLES, UNSIGNED_BYTE, FLOAT } = WebGLRenderingContext;
const UNIFORMS = ["u_matrix", "u_viewport", "u_sizeRatio", "u_pixel"] as const;
const SEGMENTS = 14;

// All is worked out in pixels of the screen, so that dashes, widths and arrows stay the same however near one is.
const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_start;
attribute vec2 a_end;
attribute vec2 a_radii;
attribute float a_bend;
attribute float a_width;
attribute float a_style;
attribute vec3 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;
varying vec4 v_color;
varying float v_side;
varying float v_half;
varying float v_along;
varying float v_style;

vec2 pixels(vec2 place) { return (u_matrix * vec3(place, 1)).xy * 0.5 * u_viewport; }

void main() {
  vec2 start = pixels(a_start);
  vec2 end = pixels(a_end);
  vec2 course = end - start;
  float len = max(length(course), 0.001);
  vec2 normal = vec2(-course.y, course.x) / len;
  vec2 control = (start + end) * 0.5 + normal * 2.0 * a_bend * min(26.0, len * 0.22);
  bool arrow = mod(floor(a_style / 2.0), 2.0) > 0.5;
  float disputed = mod(floor(a_style / 4.0), 2.0);
  float width = a_width + disputed * 3.2;
  float head = arrow ? 5.0 + 1.6 * a_width : 0.0;
  vec2 radii = a_radii / u_sizeRatio + 1.0;
  float from = min(radii.x / len, 0.5);
  float tip = 1.0 - min(radii.y / len, 0.5);
  float until = max(tip - head * 0.8 / len, from);
  bool isHead = a_corner.z > 0.5;
  float t = isHead ? (a_corner.x > 0.5 ? tip : max(tip - head / len, from)) : mix(from, until, a_corner.x);
  vec2 place = mix(mix(start, control, t), mix(control, end, t), t);
  vec2 tangent = normalize(mix(control - start, end - control, t) + vec2(0.0001));
  vec2 across = vec2(-tangent.y, tangent.x);
  float half_ = width * 0.5;
  #ifdef PICKING_MODE
  half_ = max(half_, 5.0);
  #endif
  float reach = isHead ? (arrow ? head * 0.5 : 0.0) * (a_corner.x > 0.5 ? 0.0 : 1.0) : half_ + 1.0;
  place += across * a_corner.y * reach;
  gl_Position = vec4(place / u_viewport * 2.0, 0, 1);
  v_side = isHead ? 0.0 : a_corner.y * reach;
  v_half = isHead ? 1000.0 : half_;
  v_along = isHead ? 0.0 : t * len;
  v_style = isHead ? 0.0 : a_style;
  #ifdef PICKING_MODE
  v_color = a_id;
  v_color.a *= 255.0 / 254.0;
  #else
  v_color = a_color;
  #endif
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
uniform float u_pixel;
varying vec4 v_color;
varying float v_side;
varying float v_half;
varying float v_along;
varying float v_style;
void main() {
  float off = abs(v_side);
  #ifdef PICKING_MODE
  gl_FragColor = off <= v_half ? v_color : vec4(0.0);
  #else
  float a = 1.0 - smoothstep(v_half - u_pixel * 0.5, v_half + u_pixel * 0.5, off);
  if (mod(v_style, 2.0) > 0.5 && fract(v_along / 9.0) > 0.55) a = 0.0;
  if (v_style > 3.5) a *= smoothstep(v_half * 0.3 - u_pixel * 0.5, v_half * 0.3 + u_pixel * 0.5, off);
  gl_FragColor = vec4(v_color.rgb * a, a);
  #endif
}`;

/** Corners as `[share of the way, side, whether of the arrow's head]`. */
const CORNERS: number[][] = [
  ...Array.from({ length: SEGMENTS }, (_, at) => {
    const [a, b] = [at / SEGMENTS, (at + 1) / SEGMENTS];
    return [[a, 1, 0], [a, -1, 0], [b, 1, 0], [b, 1, 0], [a, -1, 0], [b, -1, 0]];
  }).flat(),
  [0, 1, 1], [0, -1, 1], [1, 0, 1],
];

/** Draws ties: bent where several lie side by side, dashed where nobody states them as a fact, double where disputed. */
export class TieProgram extends EdgeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    return {
      VERTICES: CORNERS.length,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_start", size: 2, type: FLOAT },
        { name: "a_end", size: 2, type: FLOAT },
        { name: "a_radii", size: 2, type: FLOAT },
        { name: "a_bend", size: 1, type: FLOAT },
        { name: "a_width", size: 1, type: FLOAT },
        { name: "a_style", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 3, type: FLOAT }],
      CONSTANT_DATA: CORNERS,
    };
  }

  processVisibleItem(
    index: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData & Partial<LineData>,
  ): void {
    const { array } = this;
    array[start++] = source.x;
    array[start++] = source.y;
    array[start++] = target.x;
    array[start++] = target.y;
    array[start++] = source.size;
    array[start++] = target.size;
    array[start++] = data.bend ?? 0;
    array[start++] = data.size;
    array[start++] = (data.dashed ? 1 : 0) + (data.arrow ? 2 : 0) + (data.disputed ? 4 : 0);
    array[start++] = floatColor(data.color);
    array[start++] = index;
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: Parameters<EdgeProgram["setUniforms"]>[1]): void {
    const at = uniformLocations as Record<(typeof UNIFORMS)[number], WebGLUniformLocation>;
    gl.uniformMatrix3fv(at.u_matrix, false, params.matrix);
    gl.uniform2f(at.u_viewport, params.width, params.height);
    gl.uniform1f(at.u_sizeRatio, params.sizeRatio);
    gl.uniform1f(at.u_pixel, 1 / params.pixelRatio);
  }
}

// Derivatives by hand: what the work takes at least.
#include <cmath>

#include "abi.h"

namespace {

double dot(const double* a, const double* b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

void cross(const double* a, const double* b, double* product) {
  product[0] = a[1] * b[2] - a[2] * b[1];
  product[1] = a[2] * b[0] - a[0] * b[2];
  product[2] = a[0] * b[1] - a[1] * b[0];
}

// Residuals, then a row of the Jacobian for each: by the point, then by the camera.
struct Bundle {
  void once(const Data& data, double* out) const {
    double *residuals = out, *jacobian = out + 2 * data.terms;
    for (size_t e = 0; e < data.terms; e++) {
      const double *w = data.x + data.list[2 * e], *point = data.x + data.list[2 * e + 1];
      // R p = p cos θ + (w × p) s + w (w · p) k, with s = sin θ / θ and k = (1 - cos θ) / θ²
      double square = dot(w, w), angle = std::sqrt(square), cosine = std::cos(angle);
      double s = std::sin(angle) / angle, k = (1.0 - cosine) / square, wp = dot(w, point);
      double wxp[3], p[3];
      cross(w, point, wxp);
      for (int i = 0; i < 3; i++) p[i] = point[i] * cosine + wxp[i] * s + w[i] * wp * k + w[3 + i];
      // ds/dw_j = w_j (cos θ - s) / θ², dk/dw_j = w_j (s - 2k) / θ²
      double ds = (cosine - s) / square, dk = (s - 2.0 * k) / square, by_rotation[3][3], by_point[3][3];
      for (int j = 0; j < 3; j++) {
        double unit[3] = {j == 0 ? 1.0 : 0.0, j == 1 ? 1.0 : 0.0, j == 2 ? 1.0 : 0.0}, uxp[3], wxu[3];
        cross(unit, point, uxp);
        cross(w, unit, wxu);
        for (int i = 0; i < 3; i++) {
          by_rotation[i][j] = w[j] * (wxp[i] * ds - point[i] * s + w[i] * wp * dk) + uxp[i] * s +
                              (unit[i] * wp + w[i] * point[j]) * k;
          by_point[i][j] = unit[i] * cosine + wxu[i] * s + w[i] * w[j] * k;
        }
      }
      double inverse = 1.0 / p[2], u = -p[0] * inverse, v = -p[1] * inverse, r2 = u * u + v * v;
      double distortion = 1.0 + r2 * (w[7] + w[8] * r2), slope = 2.0 * w[6] * (w[7] + 2.0 * w[8] * r2);
      double scale = w[6] * distortion;
      // of the residuals by u and v, then by p
      double uu = scale + slope * u * u, uv = slope * u * v, vv = scale + slope * v * v;
      double by_p[2][3] = {{-inverse * uu, -inverse * uv, -inverse * (uu * u + uv * v)},
                           {-inverse * uv, -inverse * vv, -inverse * (uv * u + vv * v)}};
      for (int o = 0; o < 2; o++) {
        double *row = jacobian + 24 * e + 12 * o, c = o == 0 ? u : v, *by = by_p[o];
        for (int j = 0; j < 3; j++) {
          row[j] = by[0] * by_point[0][j] + by[1] * by_point[1][j] + by[2] * by_point[2][j];
          row[3 + j] = by[0] * by_rotation[0][j] + by[1] * by_rotation[1][j] + by[2] * by_rotation[2][j];
          row[6 + j] = by[j];
        }
        row[9] = distortion * c;
        row[10] = w[6] * r2 * c;
        row[11] = w[6] * r2 * r2 * c;
        residuals[2 * e + o] = scale * c - data.rows[2 * e + o];
      }
    }
  }
};

// Half the sum of squares, its gradient, and JᵀJ of ten parameters.
struct Fit {
  void once(const Data& data, double* out) const {
    const double* p = data.x;
    double sum = 0.0, jtr[10] = {}, jtj[10][10] = {};
    for (size_t e = 0; e < data.terms; e++) {
      double t = data.rows[2 * e], measured = data.rows[2 * e + 1];
      double first = (t - p[3]) / p[4], second = (t - p[6]) / p[7], decay = std::exp(-p[1] * t);
      double peak = std::exp(-(first * first)), other = std::exp(-(second * second));
      double r = p[0] * decay + p[2] * peak + p[5] * other + p[8] + p[9] * t - measured;
      double along = 2.0 * p[2] * peak * first / p[4], beside = 2.0 * p[5] * other * second / p[7];
      double j[10] = {decay, -p[0] * t * decay, peak, along, along * first, other, beside, beside * second, 1.0, t};
      sum += 0.5 * r * r;
      for (int i = 0; i < 10; i++) {
        jtr[i] += j[i] * r;
        for (int k = 0; k <= i; k++) jtj[i][k] += j[i] * j[k];
      }
    }
    out[0] = sum;
    for (int i = 0; i < 10; i++) {
      out[1 + i] = jtr[i];
      for (int k = 0; k < 10; k++) out[11 + 10 * i + k] = i < k ? jtj[k][i] : jtj[i][k];
    }
  }
};

}  // namespace

#define PEER "by hand, " COMPILER
TABLE("", {"bundle", PEER, run<Bundle>}, {"fit", PEER, run<Fit>})

// The functions of benches/problems, on any number.
#pragma once
#include <cmath>

#define INLINE __attribute__((always_inline)) inline

// Of this file's own compiler: two of them meet in one program.
namespace {

template <int N>
struct Rosenbrock {
  template <class T>
  INLINE T operator()(const T* x) const {
    T sum(0.0);
    for (int i = 1; i < N; i++) {
      T valley = x[i] - x[i - 1] * x[i - 1];
      T distance = x[i - 1] - 1.0;
      sum += valley * valley * 100.0 + distance * distance;
    }
    return sum;
  }
};

template <int N>
struct Ackley {
  template <class T>
  INLINE T operator()(const T* x) const {
    using std::cos, std::exp, std::sqrt;
    T squares(0.0), waves(0.0);
    for (int i = 0; i < N; i++) {
      squares += x[i] * x[i];
      waves += cos(x[i] * 6.283185307179586);
    }
    T bowl = exp(sqrt(squares / double(N)) * -0.2) * -20.0;
    return bowl - exp(waves / double(N)) + (20.0 + 2.718281828459045);
  }
};

template <int N>
struct Helmholtz {
  double a[N][N], b[N];

  Helmholtz() {
    for (int i = 0; i < N; i++) {
      b[i] = (0.3 + 0.1 * std::sin(double(i))) / N;
      for (int j = 0; j < N; j++) a[i][j] = 1.0 / (1.0 + (i + j)) + (i == j ? 1.0 : 0.0);
    }
  }

  template <class T>
  INLINE T operator()(const T* x) const {
    using std::log;
    const double root = 1.4142135623730951;
    T bx(0.0);
    for (int i = 0; i < N; i++) bx += x[i] * b[i];
    T free = 1.0 - bx;
    T entropy(0.0), attraction(0.0);
    for (int i = 0; i < N; i++) {
      entropy += x[i] * log(x[i] / free);
      T ax(0.0);
      for (int j = 0; j < N; j++) ax += x[j] * a[i][j];
      attraction += x[i] * ax;
    }
    T logarithm = log((bx * (1.0 + root) + 1.0) / (bx * (1.0 - root) + 1.0));
    return entropy * 1.3 - attraction / (bx * 2.8284271247461903) * logarithm;
  }
};

template <int N>
struct LennardJones {
  template <class T>
  INLINE T operator()(const T* x) const {
    T energy(0.0);
    for (int i = 1; i < N / 3; i++) {
      for (int j = 0; j < i; j++) {
        T dx = x[3 * i] - x[3 * j], dy = x[3 * i + 1] - x[3 * j + 1], dz = x[3 * i + 2] - x[3 * j + 2];
        T inverse = 1.0 / (dx * dx + dy * dy + dz * dz);
        T cube = inverse * inverse * inverse;
        energy += (cube * cube - cube) * 4.0;
      }
    }
    return energy;
  }
};

// The camera of "Bundle adjustment in the large", as in problems/terms.rs.
template <class T>
INLINE void projection(const T* camera, const T* point, const double* observed, T* residuals) {
  using std::cos, std::sin, std::sqrt;
  const T &a = camera[0], &b = camera[1], &c = camera[2], &x = point[0], &y = point[1], &z = point[2];
  T square = a * a + b * b + c * c;
  T angle = sqrt(square);
  T cosine = cos(angle), sinc = sin(angle) / angle, versed = (1.0 - cosine) / square;
  T along = (a * x + b * y + c * z) * versed;
  T px = x * cosine + (b * z - c * y) * sinc + a * along + camera[3];
  T py = y * cosine + (c * x - a * z) * sinc + b * along + camera[4];
  T pz = z * cosine + (a * y - b * x) * sinc + c * along + camera[5];
  T u = -px / pz, v = -py / pz;
  T r2 = u * u + v * v;
  T scale = camera[6] * (r2 * (r2 * camera[8] + camera[7]) + 1.0);
  residuals[0] = scale * u - observed[0];
  residuals[1] = scale * v - observed[1];
}

// Two peaks on a decaying background with a slope, less what was measured.
template <class T>
INLINE T peaks(const T* p, double t, double measured) {
  using std::exp;
  T first = (t - p[3]) / p[4], second = (t - p[6]) / p[7];
  return p[0] * exp(-p[1] * t) + p[2] * exp(-(first * first)) + p[5] * exp(-(second * second)) + p[8] + p[9] * t -
         measured;
}

}  // namespace

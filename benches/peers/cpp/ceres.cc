// Ceres' Jet, on Eigen's vectors.
#include <ceres/jet.h>
#include <ceres/version.h>

#include "abi.h"
#include "formulas.h"

namespace {

using ceres::Jet;

template <template <int> class Function, int N>
struct Gradient {
  Function<N> function;

  void once(const Data& data, double* out) const {
    Jet<double, N> x[N];
    for (int i = 0; i < N; i++) x[i] = Jet<double, N>(data.x[i], i);
    Jet<double, N> y = function(x);
    out[0] = y.a;
    for (int i = 0; i < N; i++) out[1 + i] = y.v[i];
  }
};

// Residuals, then a row of the Jacobian for each: by the point, then by the camera.
struct Bundle {
  void once(const Data& data, double* out) const {
    double *residuals = out, *jacobian = out + 2 * data.terms;
    for (size_t e = 0; e < data.terms; e++) {
      const double *camera = data.x + data.list[2 * e], *point = data.x + data.list[2 * e + 1];
      Jet<double, 12> x[12], r[2];
      for (int i = 0; i < 3; i++) x[i] = Jet<double, 12>(point[i], i);
      for (int i = 0; i < 9; i++) x[3 + i] = Jet<double, 12>(camera[i], 3 + i);
      projection(x + 3, x, data.rows + 2 * e, r);
      for (int k = 0; k < 2; k++) {
        residuals[2 * e + k] = r[k].a;
        for (int i = 0; i < 12; i++) jacobian[24 * e + 12 * k + i] = r[k].v[i];
      }
    }
  }
};

// Half the sum of squares, its gradient, and JᵀJ of ten parameters.
struct Fit {
  void once(const Data& data, double* out) const {
    Jet<double, 10> p[10];
    for (int i = 0; i < 10; i++) p[i] = Jet<double, 10>(data.x[i], i);
    Eigen::Matrix<double, 10, 10> jtj = Eigen::Matrix<double, 10, 10>::Zero();
    Eigen::Matrix<double, 10, 1> jtr = Eigen::Matrix<double, 10, 1>::Zero();
    double sum = 0.0;
    for (size_t e = 0; e < data.terms; e++) {
      Jet<double, 10> r = peaks(p, data.rows[2 * e], data.rows[2 * e + 1]);
      sum += 0.5 * r.a * r.a;
      jtr += r.v * r.a;
      jtj.noalias() += r.v * r.v.transpose();
    }
    out[0] = sum;
    for (int i = 0; i < 10; i++) out[1 + i] = jtr[i];
    for (int i = 0; i < 100; i++) out[11 + i] = jtj(i / 10, i % 10);
  }
};

}  // namespace

#define PEER "Ceres Jet, " COMPILER
#define TEXT_OF(macro) #macro
#define TEXT(macro) TEXT_OF(macro)
#define EIGEN_VERSION TEXT(EIGEN_WORLD_VERSION) "." TEXT(EIGEN_MAJOR_VERSION) "." TEXT(EIGEN_MINOR_VERSION)
TABLE("Ceres " CERES_VERSION_STRING ", Eigen " EIGEN_VERSION,
      {"Rosenbrock 8", PEER, run<Gradient<Rosenbrock, 8>>}, {"Rosenbrock 16", PEER, run<Gradient<Rosenbrock, 16>>},
      {"Ackley 8", PEER, run<Gradient<Ackley, 8>>}, {"Ackley 16", PEER, run<Gradient<Ackley, 16>>},
      {"Helmholtz energy 8", PEER, run<Gradient<Helmholtz, 8>>},
      {"Helmholtz energy 16", PEER, run<Gradient<Helmholtz, 16>>},
      {"Lennard-Jones, 8 atoms 24", PEER, run<Gradient<LennardJones, 24>>}, {"bundle", PEER, run<Bundle>},
      {"fit", PEER, run<Fit>})

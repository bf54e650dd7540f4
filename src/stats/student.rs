//! Critical values for 95 % intervals: the normal one and Student's t, for whole degrees of
//! freedom.

/// The 0.975 quantile of the normal distribution.
pub const NORMAL_95: f64 = 1.959963984540054;

/// From here on the expansion in 1/ν is exact to the last digits; below, the finite sum is short.
const EXPANSION_FROM: u64 = 1000;

/// The 0.975 quantile of Student's t with `df` degrees of freedom, to about 1e-13; `None` for none.
///
/// Small ν: the finite sums of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4, solved by Newton's
/// method. Large ν: the expansion 26.7.5 there.
pub fn student_t_95(df: u64) -> Option<f64> {
    if df == 0 {
        return None;
    }
    let start = expansion(df as f64);
    if df >= EXPANSION_FROM {
        return Some(start);
    }
    // The share between -t and t is concave in t, so Newton's method from the left of the solution
    // cannot leave it; a start right of it falls to its left in one step, but for one or two
    // degrees that could be far.
    let mut t = if df < 3 { NORMAL_95 } else { start };
    let density_at_zero = density_at_zero(df);
    let mut before = f64::INFINITY;
    for _ in 0..60 {
        let slope = 2.0 * density(t, df, density_at_zero);
        let step = (central_share(t, df) - 0.95) / slope;
        t -= step;
        // Near the solution steps get shorter until they are rounding.
        let near = step.abs() <= 1e-9 * t;
        if step.abs() <= 1e-15 * t || near && step.abs() >= before {
            break;
        }
        before = step.abs();
    }
    Some(t)
}

/// t from the normal quantile z, as a series in 1/ν (Abramowitz and Stegun 26.7.5).
fn expansion(df: f64) -> f64 {
    let z = NORMAL_95;
    let z2 = z * z;
    let g1 = z * (z2 + 1.0) / 4.0;
    let g2 = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let g3 = z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    let g4 = z * ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92160.0;
    z + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df
}

/// The probability that |T| is below t (Abramowitz and Stegun 26.7.3 for odd, 26.7.4 for even ν).
fn central_share(t: f64, df: u64) -> f64 {
    let nu = df as f64;
    let cos2 = nu / (nu + t * t);
    let sin = t / libm::sqrt(nu + t * t);
    if df.is_multiple_of(2) {
        return sin * partial_sum(cos2, df / 2, 1.0, 2.0);
    }
    let theta = libm::atan(t / libm::sqrt(nu));
    let sum = sin * libm::sqrt(cos2) * partial_sum(cos2, (df - 1) / 2, 2.0, 3.0);
    (theta + sum) * std::f64::consts::FRAC_2_PI
}

/// 1 + (a/b) x + (a (a + 2)) / (b (b + 2)) x² + …, `terms` terms.
fn partial_sum(x: f64, terms: u64, first_above: f64, first_below: f64) -> f64 {
    let (mut above, mut below) = (first_above, first_below);
    let (mut term, mut sum) = (1.0, 0.0);
    for _ in 0..terms {
        sum += term;
        term *= x * above / below;
        above += 2.0;
        below += 2.0;
    }
    sum
}

/// The density at t, by its definition; it only guides the steps, so the last digits do not matter.
fn density(t: f64, df: u64, at_zero: f64) -> f64 {
    let nu = df as f64;
    at_zero * libm::pow(nu / (nu + t * t), (nu + 1.0) / 2.0)
}

/// Γ((ν+1)/2) / (√(νπ) Γ(ν/2)), by Γ(x + 1) = x Γ(x) from ν = 1 or 2 upward.
fn density_at_zero(df: u64) -> f64 {
    let odd = !df.is_multiple_of(2);
    let mut ratio = if odd {
        1.0 / libm::sqrt(std::f64::consts::PI)
    } else {
        libm::sqrt(std::f64::consts::PI) / 2.0
    };
    let mut nu = if odd { 1 } else { 2 };
    while nu < df {
        ratio *= (nu as f64 + 1.0) / nu as f64;
        nu += 2;
    }
    ratio / libm::sqrt(df as f64 * std::f64::consts::PI)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn critical_values_are_those_of_printed_tables() {
        // Two degrees have the closed form t = a sqrt(2 / (1 - a²)) with a = 0.95; one degree
        // tan(0.475 π).
        let two = 0.95 * (2.0f64 / (1.0 - 0.95 * 0.95)).sqrt();
        assert!((student_t_95(2).unwrap() - two).abs() < 1e-13);
        assert!((student_t_95(1).unwrap() - (0.475 * std::f64::consts::PI).tan()).abs() < 1e-12);
        for (df, printed) in
            [(3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (29, 2.045), (120, 1.980)]
        {
            assert!((student_t_95(df).unwrap() - printed).abs() < 5e-4, "{df}");
        }
        assert_eq!(student_t_95(0), None);
    }

    #[test]
    fn the_sum_and_the_expansion_meet() {
        let by_sum = student_t_95(EXPANSION_FROM - 1).unwrap();
        assert!((by_sum - expansion((EXPANSION_FROM - 1) as f64)).abs() < 1e-13);
        assert!((central_share(student_t_95(5000).unwrap(), 5000) - 0.95).abs() < 1e-13);
    }
}

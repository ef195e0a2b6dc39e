/// Lets a progress report through once every half percent, so that a pipe carries hundreds of lines, not thousands.
///
/// What is done anew is reported anew: whoever listens takes silence for a stall.
final class Throttle {
    private var last = -1.0

    func pass(_ share: Double, _ report: () -> Void) {
        guard abs(share - last) >= 0.005 || share >= 1 && last < 1 else { return }
        last = share
        report()
    }
}

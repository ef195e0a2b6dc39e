/// Lets a progress report through once every half percent, so that a pipe carries hundreds of lines, not thousands.
final class Throttle {
    private var last = -1.0

    func pass(_ share: Double, _ report: () -> Void) {
        guard share - last >= 0.005 || share >= 1 && last < 1 else { return }
        last = share
        report()
    }
}

internal import Glibc

/// What the machine has.
public enum Machine {
    /// Its memory in bytes.
    public static var memory: Int64 { Int64(sysconf(CInt(_SC_PHYS_PAGES))) * Int64(sysconf(CInt(_SC_PAGESIZE))) }
}

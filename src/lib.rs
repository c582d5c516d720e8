//! nianbao.
